using OrderConsole.Core.Data;
using OrderConsole.Core.Queue.Database;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Queue;

public sealed class SqliteTimeoutQueueTests() : DatabaseTimeoutQueueTests(DatabaseProvider.Sqlite);

public sealed class PostgresTimeoutQueueTests() : DatabaseTimeoutQueueTests(DatabaseProvider.Postgres);

public abstract class DatabaseTimeoutQueueTests(DatabaseProvider provider) : TimeoutQueueConformance
{
    protected override async Task<QueueStore> OpenAsync()
    {
        var database = await TestDatabase.CreateAsync(provider);
        return new QueueStore(new DatabaseTimeoutQueue(database.Orders, TimeProvider.System), new DatabaseQueueInspector(database.Orders, TimeProvider.System),
            (member, score) => InsertAsync(database.Orders, member, score), database.DisposeAsync);
    }

    private static Task<int> InsertAsync(OrderDatabase database, string member, double score) => database.WriteAsync(async db =>
    {
        var at = (long)Math.Clamp(score * 1000, long.MinValue / 2, long.MaxValue / 2);
        await using var command = db.Command(
            "INSERT INTO order_timeouts (order_no, state, at, due_at, failed, crashed) VALUES (@no, 0, @at, @at, 0, 0)", ("no", member), ("at", at));
        return await command.ExecuteNonQueryAsync();
    }, CancellationToken.None);
}
