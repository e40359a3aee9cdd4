using Microsoft.EntityFrameworkCore.Migrations;
using OrderConsole.Core.Audit;

#nullable disable

namespace OrderConsole.Core.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Audit : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "asked_at",
                table: "operations",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "decided_at",
                table: "operations",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "decided_by",
                table: "operations",
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "decision_reason",
                table: "operations",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<long>(
                name: "key_id",
                table: "operations",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "role",
                table: "operations",
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "session",
                table: "operations",
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<bool>(
                name: "touches_paid_orders",
                table: "operations",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "user_id",
                table: "operations",
                type: "bigint",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "audit",
                columns: table => new
                {
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    who = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    role = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    source = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    address = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    credential = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    action = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    target = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    before = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    after = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    reason = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    outcome = table.Column<int>(type: "integer", nullable: false),
                    code = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    operation_id = table.Column<long>(type: "bigint", nullable: true),
                    key_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    hash = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit", x => x.seq);
                });

            migrationBuilder.CreateTable(
                name: "audit_anchors",
                columns: table => new
                {
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    hash = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_anchors", x => x.seq);
                });

            migrationBuilder.CreateTable(
                name: "audit_head",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    hash = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    key_id = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_head", x => x.id);
                });

            migrationBuilder.InsertData(
                table: "audit_head",
                columns: new[] { "id", "hash", "key_id", "seq" },
                values: new object[] { 1, "0000000000000000000000000000000000000000000000000000000000000000", null, 0L });

            migrationBuilder.CreateIndex(
                name: "ix_operations_waiting",
                table: "operations",
                column: "state",
                filter: "state = 3");

            migrationBuilder.CreateIndex(
                name: "ix_audit_at",
                table: "audit",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_audit_operation_id",
                table: "audit",
                column: "operation_id");

            migrationBuilder.CreateIndex(
                name: "ix_audit_target_seq",
                table: "audit",
                columns: new[] { "target", "seq" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_who_seq",
                table: "audit",
                columns: new[] { "who", "seq" });

            foreach (var trigger in AuditTriggers.Postgres) migrationBuilder.Sql(trigger);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "audit");

            migrationBuilder.DropTable(
                name: "audit_anchors");

            migrationBuilder.DropTable(
                name: "audit_head");

            migrationBuilder.DropIndex(
                name: "ix_operations_waiting",
                table: "operations");

            migrationBuilder.DropColumn(
                name: "asked_at",
                table: "operations");

            migrationBuilder.DropColumn(
                name: "decided_at",
                table: "operations");

            migrationBuilder.DropColumn(
                name: "decided_by",
                table: "operations");

            migrationBuilder.DropColumn(
                name: "decision_reason",
                table: "operations");

            migrationBuilder.DropColumn(
                name: "key_id",
                table: "operations");

            migrationBuilder.DropColumn(
                name: "role",
                table: "operations");

            migrationBuilder.DropColumn(
                name: "session",
                table: "operations");

            migrationBuilder.DropColumn(
                name: "touches_paid_orders",
                table: "operations");

            migrationBuilder.DropColumn(
                name: "user_id",
                table: "operations");

            migrationBuilder.Sql("DROP FUNCTION audit_refuse();");
        }
    }
}
