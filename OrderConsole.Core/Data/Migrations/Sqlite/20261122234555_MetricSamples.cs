using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OrderConsole.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class MetricSamples : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterColumn<double>(
                name: "lateness_p99",
                table: "nodes",
                type: "REAL",
                nullable: true,
                oldClrType: typeof(double),
                oldType: "REAL");

            migrationBuilder.AlterColumn<double>(
                name: "lateness_p95",
                table: "nodes",
                type: "REAL",
                nullable: true,
                oldClrType: typeof(double),
                oldType: "REAL");

            migrationBuilder.AlterColumn<double>(
                name: "lateness_p50",
                table: "nodes",
                type: "REAL",
                nullable: true,
                oldClrType: typeof(double),
                oldType: "REAL");

            migrationBuilder.AddColumn<double>(
                name: "drain_per_second",
                table: "nodes",
                type: "REAL",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "metric_samples",
                columns: table => new
                {
                    resolution = table.Column<int>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    covered = table.Column<int>(type: "INTEGER", nullable: false),
                    claimed = table.Column<long>(type: "INTEGER", nullable: false),
                    cancelled = table.Column<long>(type: "INTEGER", nullable: false),
                    failed = table.Column<long>(type: "INTEGER", nullable: false),
                    lock_attempts = table.Column<long>(type: "INTEGER", nullable: false),
                    locks_lost = table.Column<long>(type: "INTEGER", nullable: false),
                    expired_pending = table.Column<long>(type: "INTEGER", nullable: true),
                    oldest_overdue = table.Column<double>(type: "REAL", nullable: true),
                    active_locks = table.Column<long>(type: "INTEGER", nullable: true),
                    queue_size = table.Column<long>(type: "INTEGER", nullable: true),
                    scheduled = table.Column<long>(type: "INTEGER", nullable: true),
                    due = table.Column<long>(type: "INTEGER", nullable: true),
                    in_work = table.Column<long>(type: "INTEGER", nullable: true),
                    retrying = table.Column<long>(type: "INTEGER", nullable: true),
                    dead = table.Column<long>(type: "INTEGER", nullable: true),
                    lateness_p50 = table.Column<double>(type: "REAL", nullable: true),
                    lateness_p95 = table.Column<double>(type: "REAL", nullable: true),
                    lateness_p99 = table.Column<double>(type: "REAL", nullable: true),
                    drain_per_second = table.Column<double>(type: "REAL", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_metric_samples", x => new { x.resolution, x.at });
                });

            migrationBuilder.CreateIndex(
                name: "ix_orders_rare_cancel_reason",
                table: "orders",
                column: "cancel_reason",
                filter: "cancel_reason <> 'payment_timeout'");

            migrationBuilder.CreateIndex(
                name: "ix_orders_expires_at",
                table: "orders",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_orders_created_at",
                table: "orders",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_orders_total",
                table: "orders",
                column: "total");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_orders_rare_cancel_reason",
                table: "orders");

            migrationBuilder.DropIndex(
                name: "ix_orders_expires_at",
                table: "orders");

            migrationBuilder.DropIndex(
                name: "ix_orders_created_at",
                table: "orders");

            migrationBuilder.DropIndex(
                name: "ix_orders_total",
                table: "orders");

            migrationBuilder.DropTable(
                name: "metric_samples");

            migrationBuilder.DropColumn(
                name: "drain_per_second",
                table: "nodes");

            migrationBuilder.AlterColumn<double>(
                name: "lateness_p99",
                table: "nodes",
                type: "REAL",
                nullable: false,
                defaultValue: 0.0,
                oldClrType: typeof(double),
                oldType: "REAL",
                oldNullable: true);

            migrationBuilder.AlterColumn<double>(
                name: "lateness_p95",
                table: "nodes",
                type: "REAL",
                nullable: false,
                defaultValue: 0.0,
                oldClrType: typeof(double),
                oldType: "REAL",
                oldNullable: true);

            migrationBuilder.AlterColumn<double>(
                name: "lateness_p50",
                table: "nodes",
                type: "REAL",
                nullable: false,
                defaultValue: 0.0,
                oldClrType: typeof(double),
                oldType: "REAL",
                oldNullable: true);
        }
    }
}
