using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OrderConsole.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "idempotency_keys",
                columns: table => new
                {
                    key = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    request_hash = table.Column<string>(type: "TEXT", nullable: false),
                    answer = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_idempotency_keys", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "nodes",
                columns: table => new
                {
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    started_at = table.Column<long>(type: "INTEGER", nullable: false),
                    seen_at = table.Column<long>(type: "INTEGER", nullable: false),
                    polled_at = table.Column<long>(type: "INTEGER", nullable: true),
                    claimed = table.Column<long>(type: "INTEGER", nullable: false),
                    cancelled = table.Column<long>(type: "INTEGER", nullable: false),
                    lock_attempts = table.Column<long>(type: "INTEGER", nullable: false),
                    locks_lost = table.Column<long>(type: "INTEGER", nullable: false),
                    failed = table.Column<long>(type: "INTEGER", nullable: false),
                    lateness_p50 = table.Column<double>(type: "REAL", nullable: false),
                    lateness_p95 = table.Column<double>(type: "REAL", nullable: false),
                    lateness_p99 = table.Column<double>(type: "REAL", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_nodes", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "order_events",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    order_id = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    node = table.Column<string>(type: "TEXT", nullable: false),
                    detail = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_order_events", x => x.id);
                });

            migrationBuilder.Sql("""
                CREATE TABLE order_locks (
                    order_no TEXT NOT NULL CONSTRAINT pk_order_locks PRIMARY KEY,
                    owner TEXT NOT NULL,
                    token TEXT NOT NULL,
                    acquired_at INTEGER NOT NULL,
                    lease_until INTEGER NOT NULL,
                    renewals INTEGER NOT NULL
                ) WITHOUT ROWID;
                """);

            migrationBuilder.Sql("""
                CREATE TABLE order_timeouts (
                    order_no TEXT NOT NULL CONSTRAINT pk_order_timeouts PRIMARY KEY,
                    state INTEGER NOT NULL,
                    at INTEGER NOT NULL,
                    due_at INTEGER NOT NULL,
                    owner TEXT NULL,
                    token TEXT NULL,
                    failed INTEGER NOT NULL,
                    crashed INTEGER NOT NULL,
                    reason TEXT NULL,
                    detail TEXT NULL
                ) WITHOUT ROWID;
                """);

            migrationBuilder.CreateTable(
                name: "orders",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    no = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    customer = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    total = table.Column<long>(type: "INTEGER", precision: 19, scale: 4, nullable: false),
                    status = table.Column<int>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false),
                    paid_at = table.Column<long>(type: "INTEGER", nullable: true),
                    cancelled_at = table.Column<long>(type: "INTEGER", nullable: true),
                    cancel_reason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_orders", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "stock",
                columns: table => new
                {
                    sku = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    available = table.Column<long>(type: "INTEGER", nullable: false),
                    reserved = table.Column<long>(type: "INTEGER", nullable: false),
                    sold = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_stock", x => x.sku);
                    table.CheckConstraint("ck_stock_not_negative", "available >= 0 AND reserved >= 0 AND sold >= 0");
                });

            migrationBuilder.CreateTable(
                name: "stock_ledger",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    order_id = table.Column<long>(type: "INTEGER", nullable: true),
                    sku = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    reason = table.Column<int>(type: "INTEGER", nullable: false),
                    quantity = table.Column<long>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_stock_ledger", x => x.id);
                });

            // Without a row id the table is its primary key: an order's lines lie beside each other. EF Core has no word for it.
            migrationBuilder.Sql("""
                CREATE TABLE order_lines (
                    order_id INTEGER NOT NULL CONSTRAINT fk_order_lines_orders_order_id REFERENCES orders (id) ON DELETE CASCADE,
                    line_no INTEGER NOT NULL,
                    sku TEXT NOT NULL,
                    quantity INTEGER NOT NULL,
                    unit_price INTEGER NOT NULL,
                    CONSTRAINT pk_order_lines PRIMARY KEY (order_id, line_no)
                ) WITHOUT ROWID;
                """);

            migrationBuilder.CreateTable(
                name: "payments",
                columns: table => new
                {
                    payment_id = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    order_id = table.Column<long>(type: "INTEGER", nullable: false),
                    amount = table.Column<long>(type: "INTEGER", precision: 19, scale: 4, nullable: false),
                    paid_at = table.Column<long>(type: "INTEGER", nullable: false),
                    received_at = table.Column<long>(type: "INTEGER", nullable: false),
                    outcome = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_payments", x => x.payment_id);
                    table.ForeignKey(
                        name: "fk_payments_orders_order_id",
                        column: x => x.order_id,
                        principalTable: "orders",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_order_events_order_id_version",
                table: "order_events",
                columns: new[] { "order_id", "version" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_order_timeouts_state_at",
                table: "order_timeouts",
                columns: new[] { "state", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_orders_no",
                table: "orders",
                column: "no",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_orders_pending_expires_at",
                table: "orders",
                column: "expires_at",
                filter: "status = 0");

            migrationBuilder.CreateIndex(
                name: "ix_payments_order_id",
                table: "payments",
                column: "order_id");

            migrationBuilder.CreateIndex(
                name: "ix_stock_ledger_order_id_sku_reason",
                table: "stock_ledger",
                columns: new[] { "order_id", "sku", "reason" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "idempotency_keys");

            migrationBuilder.DropTable(
                name: "nodes");

            migrationBuilder.DropTable(
                name: "order_events");

            migrationBuilder.DropTable(
                name: "order_lines");

            migrationBuilder.DropTable(
                name: "order_locks");

            migrationBuilder.DropTable(
                name: "order_timeouts");

            migrationBuilder.DropTable(
                name: "payments");

            migrationBuilder.DropTable(
                name: "stock");

            migrationBuilder.DropTable(
                name: "stock_ledger");

            migrationBuilder.DropTable(
                name: "orders");
        }
    }
}
