using Npgsql;
using OrderConsole.Core.Data;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Data;

public sealed class ClosedDatabaseTests
{
    [Fact]
    public async Task Leaves_no_connection_to_postgres_behind()
    {
        var database = await TestDatabase.CreateAsync(DatabaseProvider.Postgres);
        var settings = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false };
        var name = settings.Database;
        settings.Database = "postgres";
        await using var other = new NpgsqlConnection(settings.ConnectionString);
        await other.OpenAsync(TestContext.Current.CancellationToken);
        await database.Orders.NowAsync(TestContext.Current.CancellationToken);
        await using var count = new NpgsqlCommand("SELECT count(*) FROM pg_stat_activity WHERE datname = @name", other) { Parameters = { new("name", name) } };
        ((long)(await count.ExecuteScalarAsync(TestContext.Current.CancellationToken))!).ShouldBeGreaterThan(0);

        await database.DisposeAsync();

        await Eventually.HoldsAsync(async () => (long)(await count.ExecuteScalarAsync())! == 0, "all are closed");
    }
}
