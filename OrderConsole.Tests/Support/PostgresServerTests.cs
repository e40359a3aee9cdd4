using Npgsql;

namespace OrderConsole.Tests.Support;

public sealed class PostgresServerTests
{
    [Fact]
    public async Task Each_database_is_a_new_one()
    {
        var (first, second) = (await SharedPostgres.CreateDatabaseAsync(), await SharedPostgres.CreateDatabaseAsync());

        first.ShouldNotBe(second);
        (await AskAsync(first, "SELECT 1")).ShouldBe(1);
    }

    [Fact]
    public async Task What_was_committed_survives_an_immediate_stop_and_a_freeze_answers_nothing()
    {
        await using var server = await PostgresServer.StartAsync();
        var database = await server.CreateDatabaseAsync() + ";Pooling=false;Timeout=1;Command Timeout=1";
        await AskAsync(database, "CREATE TABLE t AS SELECT 42 AS n");

        await server.StopImmediatelyAsync();
        await Should.ThrowAsync<NpgsqlException>(() => AskAsync(database, "SELECT n FROM t"));
        await server.RestartAsync();
        (await AskAsync(database, "SELECT n FROM t")).ShouldBe(42);

        await server.FreezeAsync();
        await Should.ThrowAsync<Exception>(() => AskAsync(database, "SELECT n FROM t"));
        await server.ThawAsync();
        (await AskAsync(database, "SELECT n FROM t")).ShouldBe(42);
    }

    private static async Task<object?> AskAsync(string database, string question)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(question, connection);
        return await command.ExecuteScalarAsync();
    }
}
