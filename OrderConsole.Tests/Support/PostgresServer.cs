using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace OrderConsole.Tests.Support;

/// <summary>A PostgreSQL server of our own on a free loopback port, in a directory of its own; nothing in it outlives it.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static int _databases;
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("postgres-test-");
    private readonly string[] _settings;
    private ServerProcess? _process;

    private PostgresServer(string[] settings) => _settings = settings;

    public int Port { get; } = ServerProcess.FreePort();

    // PostgreSQL refuses to run as root; Debian's package has made the user "postgres".
    private static bool IsRoot => Environment.UserName == "root";
    private string Data => Path.Combine(_directory.FullName, "data");

    /// <param name="settings">More settings as <c>name=value</c>.</param>
    public static async Task<PostgresServer> StartAsync(params string[] settings)
    {
        var server = new PostgresServer(settings);
        if (IsRoot) await RunAsync("chown", "postgres", server._directory.FullName);
        await RunAsync([.. AsPostgres("initdb"), "-D", server.Data, "-U", "app", "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C"]);
        await server.LaunchAsync();
        return server;
    }

    public string ConnectionStringOf(string database) => string.Create(CultureInfo.InvariantCulture,
        $"Host=127.0.0.1;Port={Port};Username=app;Database={database};Maximum Pool Size=40;Timeout=5;Include Error Detail=true");

    /// <summary>An empty database of its own.</summary>
    public async Task<string> NewDatabaseAsync()
    {
        var name = $"t{Interlocked.Increment(ref _databases)}";
        await using var connection = new NpgsqlConnection(ConnectionStringOf("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await command.ExecuteNonQueryAsync();
        return ConnectionStringOf(name);
    }

    /// <summary>Ends it at once, its clients' sessions too, as "pg_ctl stop -m immediate" does.</summary>
    public Task StopAsync() => RunAsync([.. AsPostgres("pg_ctl"), "-D", Data, "-m", "immediate", "-w", "stop"]);

    /// <summary>Starts again on the same port and directory, after <see cref="StopAsync"/>.</summary>
    public async Task LaunchAsync()
    {
        _process?.Dispose();
        string[] settings =
        [
            "listen_addresses=127.0.0.1", $"port={Port}", "unix_socket_directories=", "fsync=off", "synchronous_commit=off", "full_page_writes=off",
            "max_connections=400", "shared_buffers=256MB", .. _settings,
        ];
        string[] command = [.. AsPostgres("postgres"), "-D", Data, .. settings.SelectMany(s => new[] { "-c", s })];
        _process = ServerProcess.Start(command[0], command[1..]);
        await Eventually.HoldsAsync(async () =>
        {
            if (_process.HasExited) throw new InvalidOperationException(_process.Said);
            await using var connection = new NpgsqlConnection(ConnectionStringOf("postgres") + ";Pooling=false");
            await connection.OpenAsync();
            return true;
        }, "PostgreSQL answers", TimeSpan.FromSeconds(30));
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_process is { HasExited: false }) await StopAsync();
        _process?.Dispose();
        if (_directory.Exists) _directory.Delete(recursive: true);
    }

    private static string[] AsPostgres(string program)
    {
        var path = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(d => Path.Combine(d, "bin", program)).Where(File.Exists).Order().LastOrDefault() ?? program
            : program;
        return IsRoot ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", path] : [path];
    }

    private static async Task RunAsync(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/",
        })!;
        var said = process.StandardOutput.ReadToEndAsync();
        var complained = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{string.Join(' ', command)}: {await said}{complained}");
    }
}
