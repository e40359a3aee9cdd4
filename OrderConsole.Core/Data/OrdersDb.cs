using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using OrderConsole.Core.Access;
using OrderConsole.Core.Audit;
using OrderConsole.Core.Locks;
using OrderConsole.Core.Diagnostics;
using OrderConsole.Core.Locks.Database;
using OrderConsole.Core.Operations;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Queue.Database;
using OrderConsole.Core.Telemetry;
using OrderConsole.Core.Timeouts;

namespace OrderConsole.Core.Data;

/// <summary>The model, the same on both databases. One subclass a database, each with its own migrations.</summary>
public abstract class OrdersDb(DbContextOptions options) : DbContext(options)
{
    public DbSet<Order> Orders => Set<Order>();
    public DbSet<OrderLine> OrderLines => Set<OrderLine>();
    public DbSet<OrderEvent> OrderEvents => Set<OrderEvent>();
    public DbSet<Payment> Payments => Set<Payment>();
    public DbSet<Stock> Stock => Set<Stock>();
    public DbSet<StockMovement> StockLedger => Set<StockMovement>();
    public DbSet<IdempotencyKey> IdempotencyKeys => Set<IdempotencyKey>();
    public DbSet<QueueRow> OrderTimeouts => Set<QueueRow>();
    public DbSet<LockRow> OrderLocks => Set<LockRow>();
    public DbSet<ForceUnlockRow> ForceUnlocks => Set<ForceUnlockRow>();
    public DbSet<LockNumbersRow> LockNumbers => Set<LockNumbersRow>();
    public DbSet<HotLockRow> HotLocks => Set<HotLockRow>();
    public DbSet<NearMissRow> NearMisses => Set<NearMissRow>();
    public DbSet<LockWaitRow> LockWaits => Set<LockWaitRow>();
    public DbSet<LockCycleRow> LockCycles => Set<LockCycleRow>();
    public DbSet<NodeRow> Nodes => Set<NodeRow>();
    public DbSet<MetricSample> MetricSamples => Set<MetricSample>();
    public DbSet<ProcessingPause> ProcessingPauses => Set<ProcessingPause>();
    public DbSet<Operation> Operations => Set<Operation>();
    public DbSet<OperationItem> OperationItems => Set<OperationItem>();
    public DbSet<DiagnosisRow> DiagnosisReports => Set<DiagnosisRow>();
    public DbSet<LedgerCheckpoint> LedgerCheckpoints => Set<LedgerCheckpoint>();
    public DbSet<ConsoleUser> Users => Set<ConsoleUser>();
    public DbSet<ConsoleSession> ConsoleSessions => Set<ConsoleSession>();
    public DbSet<ConsoleSetup> ConsoleSetups => Set<ConsoleSetup>();
    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();
    public DbSet<CookieKey> CookieKeys => Set<CookieKey>();
    public DbSet<IdentityUserToken<long>> UserTokens => Set<IdentityUserToken<long>>();
    public DbSet<AuditRow> Audit => Set<AuditRow>();
    public DbSet<AuditHead> AuditHeads => Set<AuditHead>();
    public DbSet<AuditAnchor> AuditAnchors => Set<AuditAnchor>();

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        // Unix milliseconds: sortable on SQLite, and one SQL text for both databases.
        conventions.Properties<DateTimeOffset>().HaveConversion<UnixMillisecondsConverter>();
        conventions.Properties<decimal>().HavePrecision(19, 4);
    }

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<Order>(order =>
        {
            order.HasIndex(o => o.No).IsUnique();
            // Only pending orders are looked for by deadline; the others need not be in the index.
            order.HasIndex(o => o.ExpiresAt, "ix_orders_pending_expires_at").HasFilter("status = 0");
            // For the lists of a million orders. A cancel changes none of these columns.
            order.HasIndex(o => o.ExpiresAt, "ix_orders_expires_at");
            order.HasIndex(o => o.CreatedAt, "ix_orders_created_at");
            order.HasIndex(o => o.Total, "ix_orders_total");
            // What operators look for; the many orders that ran out of time are not in it, so that their cancel need not write it.
            order.HasIndex(o => o.CancelReason, "ix_orders_rare_cancel_reason").HasFilter("cancel_reason <> 'payment_timeout'");
            order.Property(o => o.No).HasMaxLength(64);
            order.Property(o => o.Customer).HasMaxLength(200);
            order.Property(o => o.Currency).HasMaxLength(3);
            order.Property(o => o.CancelReason).HasMaxLength(200);
            order.Property(o => o.Status).IsConcurrencyToken();
            order.Property(o => o.Version).IsConcurrencyToken();
            order.HasMany(o => o.Lines).WithOne().HasForeignKey(l => l.OrderId);
        });
        model.Entity<OrderLine>(line =>
        {
            line.HasKey(l => new { l.OrderId, l.LineNo });
            line.Property(l => l.Sku).HasMaxLength(64);
        });
        model.Entity<OrderEvent>().HasIndex(e => new { e.OrderId, e.Version }).IsUnique();
        model.Entity<Payment>(payment =>
        {
            payment.HasKey(p => p.PaymentId);
            payment.Property(p => p.PaymentId).HasMaxLength(128);
            payment.HasIndex(p => p.OrderId);
            // Few ever, and counted every second.
            payment.HasIndex(p => p.ReceivedAt, "ix_payments_undecided").HasFilter("outcome <> 0 AND decision IS NULL");
            payment.Property(p => p.DecidedBy).HasMaxLength(200);
            payment.Property(p => p.DecisionReference).HasMaxLength(128);
            payment.HasOne<Order>().WithMany().HasForeignKey(p => p.OrderId);
        });
        model.Entity<Stock>(stock =>
        {
            stock.HasKey(s => s.Sku);
            stock.Property(s => s.Sku).HasMaxLength(64);
            stock.ToTable(t => t.HasCheckConstraint("ck_stock_not_negative", "available >= 0 AND reserved >= 0 AND sold >= 0"));
        });
        model.Entity<StockMovement>(movement =>
        {
            movement.Property(m => m.Sku).HasMaxLength(64);
            movement.HasIndex(m => new { m.OrderId, m.Sku, m.Reason }).IsUnique();
        });
        model.Entity<IdempotencyKey>(key =>
        {
            key.HasKey(k => k.Key);
            key.Property(k => k.Key).HasMaxLength(200);
        });
        model.Entity<QueueRow>(row =>
        {
            row.HasKey(r => r.OrderNo);
            row.Property(r => r.OrderNo).HasMaxLength(256);
            row.HasIndex(r => new { r.State, r.At });
        });
        model.Entity<LockRow>().HasKey(l => l.OrderNo);
        model.Entity<ForceUnlockRow>(row =>
        {
            row.Property(r => r.OrderNo).HasMaxLength(256);
            row.HasIndex(r => r.OrderNo);
            row.HasIndex(r => r.OperationId);
            // One at a time takes an order's lock away.
            row.HasIndex(r => r.OrderNo, "ix_force_unlocks_open").IsUnique().HasFilter("removed_at IS NULL");
            row.HasIndex(r => r.LateAt, "ix_force_unlocks_late").HasFilter("late_at IS NOT NULL");
        });
        model.Entity<LockNumbersRow>(row => { row.HasKey(r => new { r.Day, r.Node }); row.Ignore(r => r.Counts); });
        model.Entity<HotLockRow>().HasKey(r => new { r.Day, r.OrderNo });
        model.Entity<NearMissRow>().HasKey(r => new { r.Day, r.OrderNo });
        model.Entity<LockWaitRow>().HasKey(r => new { r.Waiter, r.OrderNo });
        model.Entity<NodeRow>().HasKey(n => n.Name);
        model.Entity<LedgerCheckpoint>(row => { row.ToTable("ledger_checkpoint"); row.Property(r => r.Id).ValueGeneratedNever(); });
        model.Entity<MetricSample>().HasKey(s => new { s.Resolution, s.At });
        model.Entity<ProcessingPause>().Property(p => p.Id).ValueGeneratedNever();
        model.Entity<Operation>(operation =>
        {
            operation.Property(o => o.Action).HasMaxLength(64);
            operation.Property(o => o.Reason).HasMaxLength(200);
            operation.Ignore(o => o.Left);
            operation.HasIndex(o => o.State, "ix_operations_running").HasFilter("state = 1");
            // Looked for every second.
            operation.HasIndex(o => o.State, "ix_operations_waiting").HasFilter("state = 3");
            operation.Property(o => o.DecisionReason).HasMaxLength(200);
        });
        model.Entity<OperationItem>(item =>
        {
            item.HasKey(i => new { i.OperationId, i.No });
            item.Property(i => i.Target).HasMaxLength(256);
            item.HasIndex(i => i.Target);
            item.HasOne<Operation>().WithMany().HasForeignKey(i => i.OperationId);
        });
        AccessModel.Apply(model);
        model.Entity<AuditRow>(row =>
        {
            row.ToTable("audit");
            row.HasKey(r => r.Seq);
            row.Property(r => r.Seq).ValueGeneratedNever();
            row.Property(r => r.Who).HasMaxLength(256);
            row.Property(r => r.Target).HasMaxLength(256);
            row.HasIndex(r => r.At);
            row.HasIndex(r => new { r.Target, r.Seq });
            row.HasIndex(r => new { r.Who, r.Seq });
            row.HasIndex(r => r.OperationId);
        });
        model.Entity<AuditHead>(head =>
        {
            head.ToTable("audit_head");
            head.Property(h => h.Id).ValueGeneratedNever();
            head.HasData(new AuditHead { Id = 1, Seq = 0, Hash = AuditChain.Beginning });
        });
        model.Entity<AuditAnchor>(anchor =>
        {
            anchor.HasKey(a => a.Seq);
            anchor.Property(a => a.Seq).ValueGeneratedNever();
        });
        SnakeCase.Apply(model);
    }

    private sealed class UnixMillisecondsConverter()
        : ValueConverter<DateTimeOffset, long>(t => t.ToUnixTimeMilliseconds(), ms => UnixMilliseconds.ToMoment(ms));
}

/// <summary>SQLite: nothing to install; one machine.</summary>
public sealed class SqliteOrdersDb(DbContextOptions<SqliteOrdersDb> options) : OrdersDb(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        base.ConfigureConventions(conventions);
        // SQLite has no decimals: ten-thousandths as whole numbers compare and sort in an index.
        conventions.Properties<decimal>().HaveConversion<TenThousandthsConverter>();
    }

    private sealed class TenThousandthsConverter() : ValueConverter<decimal, long>(money => (long)(money * 10_000m), stored => stored / 10_000m);
}

/// <summary>PostgreSQL: for several consoles, and for who outgrows one machine.</summary>
public sealed class PostgresOrdersDb(DbContextOptions<PostgresOrdersDb> options) : OrdersDb(options)
{
    protected override void OnModelCreating(ModelBuilder model)
    {
        base.OnModelCreating(model);
        // Byte order, as SQLite has it: a prefix search is then a range of the unique index.
        foreach (var text in model.Model.GetEntityTypes().SelectMany(e => e.GetProperties()).Where(p => p.ClrType == typeof(string)))
            text.SetCollation("C");
    }
}
