using System.Globalization;
using Npgsql;

namespace OrderConsole.Tests.Support;

/// <summary>
/// A PostgreSQL of our own on a free loopback port, with its own directory. Nothing is synced to disk: it is made to be
/// thrown away, not to survive the machine.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string User = "app";
    private static int _databases;
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("postgres-test-");
    private readonly PostgresPrograms _programs;
    private bool _isFrozen;

    private readonly bool _durable;

    private PostgresServer(PostgresPrograms programs, bool durable) => (_programs, _durable, Port) = (programs, durable, ServerProcess.FreePort());

    public int Port { get; }
    private string Data => Path.Combine(_directory.FullName, "data");

    /// <param name="durable">Synced to disk as in production; otherwise it survives everything but the machine's end.</param>
    public static async Task<PostgresServer> StartAsync(bool durable = false)
    {
        var server = new PostgresServer(PostgresPrograms.Find() ?? throw new InvalidOperationException("PostgreSQL is not installed; ./test.sh installs it."), durable);
        await PostgresPrograms.OwnAsync(server._directory);
        await server._programs.RunAsync("initdb", "-D", server.Data, "-U", User, "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C");
        await server.LaunchAsync();
        return server;
    }

    /// <param name="template">The database that it is a copy of; null for an empty one.</param>
    /// <returns>The connection string of the new database.</returns>
    public async Task<string> CreateDatabaseAsync(string? template = null)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name} TEMPLATE {template ?? "template1"}", connection);
        await command.ExecuteNonQueryAsync();
        return ConnectionString(name);
    }

    public string ConnectionString(string database) => string.Create(
        CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={Port};Username={User};Database={database};Maximum Pool Size=40;Include Error Detail=true");

    /// <summary>Like a power cut: no shutdown, recovery at the next start.</summary>
    public Task StopImmediatelyAsync() => _programs.RunAsync("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");

    /// <summary>On the same port, with the same data.</summary>
    public Task RestartAsync() => LaunchAsync();

    /// <summary>Stops the postmaster and its present backends where they are: nothing answers, nothing is closed.</summary>
    public async Task FreezeAsync()
    {
        _isFrozen = true;
        foreach (var process in await ProcessesAsync()) ServerProcess.Signal(process, "STOP");
    }

    public async Task ThawAsync()
    {
        foreach (var process in await ProcessesAsync()) ServerProcess.Signal(process, "CONT");
        _isFrozen = false;
    }

    private Task LaunchAsync() => _programs.RunAsync("pg_ctl", "-D", Data, "-w", "-l", Path.Combine(_directory.FullName, "log"), "-o",
        string.Create(CultureInfo.InvariantCulture, $"-p {Port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' {(_durable ? "" : "-c fsync=off -c full_page_writes=off")} -c shared_buffers=256MB -c max_connections=400"),
        "start");

    // The postmaster's id stands in its pid file, its children are those whose parent it is: never anybody else's.
    private async Task<List<int>> ProcessesAsync()
    {
        var file = Path.Combine(Data, "postmaster.pid");
        if (!File.Exists(file)) return [];
        var postmaster = int.Parse((await File.ReadAllLinesAsync(file))[0], CultureInfo.InvariantCulture);
        var children = await File.ReadAllTextAsync($"/proc/{postmaster}/task/{postmaster}/children");
        return [postmaster, .. children.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture))];
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_isFrozen) await ThawAsync();
        if (File.Exists(Path.Combine(Data, "postmaster.pid"))) await StopImmediatelyAsync();
        _directory.Delete(recursive: true);
    }
}
