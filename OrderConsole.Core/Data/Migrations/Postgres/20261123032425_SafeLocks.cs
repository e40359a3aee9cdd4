using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace OrderConsole.Core.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class SafeLocks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "force_unlocks",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    operation_id = table.Column<long>(type: "bigint", nullable: false),
                    order_no = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    token = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    owner = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    version = table.Column<long>(type: "bigint", nullable: true),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    reason = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    removed_at = table.Column<long>(type: "bigint", nullable: true),
                    late_at = table.Column<long>(type: "bigint", nullable: true),
                    late_node = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    late = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_force_unlocks", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "hot_locks",
                columns: table => new
                {
                    day = table.Column<int>(type: "integer", nullable: false),
                    order_no = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    lost = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_hot_locks", x => new { x.day, x.order_no });
                });

            migrationBuilder.CreateTable(
                name: "lock_numbers",
                columns: table => new
                {
                    day = table.Column<int>(type: "integer", nullable: false),
                    node = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    attempts = table.Column<long>(type: "bigint", nullable: false),
                    lost = table.Column<long>(type: "bigint", nullable: false),
                    waited = table.Column<long>(type: "bigint", nullable: false),
                    cancelled = table.Column<long>(type: "bigint", nullable: false),
                    commits = table.Column<long>(type: "bigint", nullable: false),
                    near_misses = table.Column<long>(type: "bigint", nullable: false),
                    late_refused = table.Column<long>(type: "bigint", nullable: false),
                    hold_p99 = table.Column<double>(type: "double precision", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_lock_numbers", x => new { x.day, x.node });
                });

            migrationBuilder.CreateTable(
                name: "lock_waits",
                columns: table => new
                {
                    waiter = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    order_no = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    is_held = table.Column<bool>(type: "boolean", nullable: false),
                    owner = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    since = table.Column<long>(type: "bigint", nullable: false),
                    until = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_lock_waits", x => new { x.waiter, x.order_no });
                });

            migrationBuilder.CreateTable(
                name: "near_misses",
                columns: table => new
                {
                    day = table.Column<int>(type: "integer", nullable: false),
                    order_no = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    node = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    left = table.Column<long>(type: "bigint", nullable: false),
                    lease = table.Column<long>(type: "bigint", nullable: false),
                    share = table.Column<double>(type: "double precision", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_near_misses", x => new { x.day, x.order_no });
                });

            migrationBuilder.CreateIndex(
                name: "ix_force_unlocks_late",
                table: "force_unlocks",
                column: "late_at",
                filter: "late_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_force_unlocks_open",
                table: "force_unlocks",
                column: "order_no",
                unique: true,
                filter: "removed_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_force_unlocks_operation_id",
                table: "force_unlocks",
                column: "operation_id");

            migrationBuilder.CreateIndex(
                name: "ix_force_unlocks_order_no",
                table: "force_unlocks",
                column: "order_no");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "force_unlocks");

            migrationBuilder.DropTable(
                name: "hot_locks");

            migrationBuilder.DropTable(
                name: "lock_numbers");

            migrationBuilder.DropTable(
                name: "lock_waits");

            migrationBuilder.DropTable(
                name: "near_misses");
        }
    }
}
