using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OrderConsole.Core.Data.Migrations.Postgres
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
                type: "double precision",
                nullable: true,
                oldClrType: typeof(double),
                oldType: "double precision");

            migrationBuilder.AlterColumn<double>(
                name: "lateness_p95",
                table: "nodes",
                type: "double precision",
                nullable: true,
                oldClrType: typeof(double),
                oldType: "double precision");

            migrationBuilder.AlterColumn<double>(
                name: "lateness_p50",
                table: "nodes",
                type: "double precision",
                nullable: true,
                oldClrType: typeof(double),
                oldType: "double precision");

            migrationBuilder.AddColumn<double>(
                name: "drain_per_second",
                table: "nodes",
                type: "double precision",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "metric_samples",
                columns: table => new
                {
                    resolution = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    covered = table.Column<int>(type: "integer", nullable: false),
                    claimed = table.Column<long>(type: "bigint", nullable: false),
                    cancelled = table.Column<long>(type: "bigint", nullable: false),
                    failed = table.Column<long>(type: "bigint", nullable: false),
                    lock_attempts = table.Column<long>(type: "bigint", nullable: false),
                    locks_lost = table.Column<long>(type: "bigint", nullable: false),
                    expired_pending = table.Column<long>(type: "bigint", nullable: true),
                    oldest_overdue = table.Column<double>(type: "double precision", nullable: true),
                    active_locks = table.Column<long>(type: "bigint", nullable: true),
                    queue_size = table.Column<long>(type: "bigint", nullable: true),
                    scheduled = table.Column<long>(type: "bigint", nullable: true),
                    due = table.Column<long>(type: "bigint", nullable: true),
                    in_work = table.Column<long>(type: "bigint", nullable: true),
                    retrying = table.Column<long>(type: "bigint", nullable: true),
                    dead = table.Column<long>(type: "bigint", nullable: true),
                    lateness_p50 = table.Column<double>(type: "double precision", nullable: true),
                    lateness_p95 = table.Column<double>(type: "double precision", nullable: true),
                    lateness_p99 = table.Column<double>(type: "double precision", nullable: true),
                    drain_per_second = table.Column<double>(type: "double precision", nullable: true)
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
                type: "double precision",
                nullable: false,
                defaultValue: 0.0,
                oldClrType: typeof(double),
                oldType: "double precision",
                oldNullable: true);

            migrationBuilder.AlterColumn<double>(
                name: "lateness_p95",
                table: "nodes",
                type: "double precision",
                nullable: false,
                defaultValue: 0.0,
                oldClrType: typeof(double),
                oldType: "double precision",
                oldNullable: true);

            migrationBuilder.AlterColumn<double>(
                name: "lateness_p50",
                table: "nodes",
                type: "double precision",
                nullable: false,
                defaultValue: 0.0,
                oldClrType: typeof(double),
                oldType: "double precision",
                oldNullable: true);
        }
    }
}
