using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace OrderConsole.Core.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class OperatorActions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "decided_at",
                table: "payments",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "decided_by",
                table: "payments",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<int>(
                name: "decision",
                table: "payments",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "decision_reference",
                table: "payments",
                type: "character varying(128)",
                maxLength: 128,
                nullable: true,
                collation: "C");

            migrationBuilder.CreateTable(
                name: "operations",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    action = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    parameters = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    selection = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    by = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    source = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    address = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    reason = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true, collation: "C"),
                    state = table.Column<int>(type: "integer", nullable: false),
                    prepared_at = table.Column<long>(type: "bigint", nullable: false),
                    started_at = table.Column<long>(type: "bigint", nullable: true),
                    finished_at = table.Column<long>(type: "bigint", nullable: true),
                    node = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    total = table.Column<int>(type: "integer", nullable: false),
                    done = table.Column<int>(type: "integer", nullable: false),
                    refused = table.Column<int>(type: "integer", nullable: false),
                    failed = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_operations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "processing_pauses",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    reason = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_processing_pauses", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "operation_items",
                columns: table => new
                {
                    operation_id = table.Column<long>(type: "bigint", nullable: false),
                    no = table.Column<int>(type: "integer", nullable: false),
                    target = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    seen = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    state = table.Column<int>(type: "integer", nullable: false),
                    code = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    detail = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_operation_items", x => new { x.operation_id, x.no });
                    table.ForeignKey(
                        name: "fk_operation_items_operations_operation_id",
                        column: x => x.operation_id,
                        principalTable: "operations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_payments_undecided",
                table: "payments",
                column: "received_at",
                filter: "outcome <> 0 AND decision IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_operation_items_target",
                table: "operation_items",
                column: "target");

            migrationBuilder.CreateIndex(
                name: "ix_operations_running",
                table: "operations",
                column: "state",
                filter: "state = 1");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "operation_items");

            migrationBuilder.DropTable(
                name: "processing_pauses");

            migrationBuilder.DropTable(
                name: "operations");

            migrationBuilder.DropIndex(
                name: "ix_payments_undecided",
                table: "payments");

            migrationBuilder.DropColumn(
                name: "decided_at",
                table: "payments");

            migrationBuilder.DropColumn(
                name: "decided_by",
                table: "payments");

            migrationBuilder.DropColumn(
                name: "decision",
                table: "payments");

            migrationBuilder.DropColumn(
                name: "decision_reference",
                table: "payments");
        }
    }
}
