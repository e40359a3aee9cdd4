using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OrderConsole.Core.Data.Migrations.Sqlite
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
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "decided_by",
                table: "payments",
                type: "TEXT",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "decision",
                table: "payments",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "decision_reference",
                table: "payments",
                type: "TEXT",
                maxLength: 128,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "operations",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    action = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    parameters = table.Column<string>(type: "TEXT", nullable: false),
                    selection = table.Column<string>(type: "TEXT", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    source = table.Column<string>(type: "TEXT", nullable: false),
                    address = table.Column<string>(type: "TEXT", nullable: true),
                    reason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    prepared_at = table.Column<long>(type: "INTEGER", nullable: false),
                    started_at = table.Column<long>(type: "INTEGER", nullable: true),
                    finished_at = table.Column<long>(type: "INTEGER", nullable: true),
                    node = table.Column<string>(type: "TEXT", nullable: true),
                    total = table.Column<int>(type: "INTEGER", nullable: false),
                    done = table.Column<int>(type: "INTEGER", nullable: false),
                    refused = table.Column<int>(type: "INTEGER", nullable: false),
                    failed = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_operations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "processing_pauses",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_processing_pauses", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "operation_items",
                columns: table => new
                {
                    operation_id = table.Column<long>(type: "INTEGER", nullable: false),
                    no = table.Column<int>(type: "INTEGER", nullable: false),
                    target = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    seen = table.Column<string>(type: "TEXT", nullable: true),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    code = table.Column<string>(type: "TEXT", nullable: true),
                    detail = table.Column<string>(type: "TEXT", nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: true)
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
