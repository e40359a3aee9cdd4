using System.Threading.Channels;
using Npgsql;
using OrderConsole.Tests.Support;
using StackExchange.Redis;

namespace OrderConsole.Benchmarks;

/// <summary>
/// The way that teams write first, as well as it can be written: for each order ZREM, SELECT status, SET NX, a
/// transaction with SELECT, UPDATE and the stock of its lines, DEL; fifty orders at once.
/// </summary>
internal static class Textbook
{
    private const int Parallelism = 50;

    public static async Task DrainAsync(BenchStores stores, Engine engine, int orders)
    {
        using var redis = await ConnectionMultiplexer.ConnectAsync(stores.Redis!.ConnectionString);
        await using var database = NpgsqlDataSource.Create(stores.OrdersConnection + ";Maximum Pool Size=60");
        var queue = redis.GetDatabase();
        var due = Channel.CreateBounded<string>(1_000);
        var workers = Enumerable.Range(0, Parallelism).Select(_ => Task.Run(async () =>
        {
            await foreach (var orderNo in due.Reader.ReadAllAsync())
                if (await queue.SortedSetRemoveAsync("order_timeouts", orderNo)) await CancelAsync(queue, database, orderNo);
        })).ToArray();
        for (long taken = 0; taken < orders;)
        {
            var batch = await queue.SortedSetRangeByScoreAsync("order_timeouts", 0, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(), skip: 0, take: 1_000);
            foreach (var orderNo in batch) await due.Writer.WriteAsync(orderNo!);
            taken += batch.Length;
            while (due.Reader.Count > 0) await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }
        due.Writer.Complete();
        await Task.WhenAll(workers);
    }

    private static async Task CancelAsync(IDatabase queue, NpgsqlDataSource database, string orderNo)
    {
        await using var connection = await database.OpenConnectionAsync();
        if (await ScalarAsync(connection, null, "SELECT status FROM orders WHERE no = $1", orderNo) is not 0) return;
        if (!await queue.StringSetAsync($"order_lock:{orderNo}", "textbook", TimeSpan.FromSeconds(30), When.NotExists)) return;
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            if (await ScalarAsync(connection, transaction, "SELECT status FROM orders WHERE no = $1", orderNo) is 0)
            {
                var id = await ScalarAsync(connection, transaction, "UPDATE orders SET status = 2, cancelled_at = 0, version = version + 1 WHERE no = $1 RETURNING id", orderNo);
                var lines = new List<(string Sku, int Quantity)>();
                await using (var command = new NpgsqlCommand("SELECT sku, quantity FROM order_lines WHERE order_id = $1 ORDER BY sku", connection, transaction) { Parameters = { new() { Value = id! } } })
                await using (var reader = await command.ExecuteReaderAsync())
                    while (await reader.ReadAsync()) lines.Add((reader.GetString(0), reader.GetInt32(1)));
                foreach (var (sku, quantity) in lines)
                    await ScalarAsync(connection, transaction, "UPDATE stock SET available = available + $2, reserved = reserved - $2 WHERE sku = $1", sku, quantity);
            }
            await transaction.CommitAsync();
        }
        await queue.KeyDeleteAsync($"order_lock:{orderNo}");
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, string sql, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return await command.ExecuteScalarAsync();
    }
}
