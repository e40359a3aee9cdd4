using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using OrderConsole.Core.Redis;

namespace OrderConsole.Tests.Support;

/// <summary>A redis-server of our own on a free loopback port, with its own directory; nothing is kept unless asked for.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private readonly string[] _settings;
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("redis-test-");
    private ServerProcess _process;

    private RedisServer(string[] settings)
    {
        _settings = settings;
        Port = ServerProcess.FreePort();
        _process = Launch();
    }

    public int Port { get; }
    public string ConnectionString => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");
    public RawRedis Raw => new(Port);

    /// <param name="settings">More settings as on the command line, for instance <c>--appendonly yes</c>.</param>
    public static async Task<RedisServer> StartAsync(params string[] settings)
    {
        var server = new RedisServer(settings);
        await server.AnswersAsync();
        return server;
    }

    /// <summary>A connection that the caller disposes; tests that break things use short times.</summary>
    public RedisConnection Connect(Action<RedisOptions>? configure = null, TimeProvider? time = null, int database = 0)
    {
        var options = new RedisOptions();
        configure?.Invoke(options);
        return new RedisConnection(
            $"{ConnectionString},defaultDatabase={database}", options, time ?? TimeProvider.System, NullLogger<RedisConnection>.Instance);
    }

    public void Kill() => _process.Kill();
    public void Freeze() => _process.Freeze();
    public void Thaw() => _process.Thaw();

    /// <summary>Starts again on the same port and directory, after <see cref="Kill"/>.</summary>
    public async Task RestartAsync(params string[] settings)
    {
        Kill();
        _process.Dispose();
        _process = Launch(settings);
        await AnswersAsync();
    }

    private ServerProcess Launch(params string[] more) => ServerProcess.Start("redis-server",
    [
        "--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", _directory.FullName,
        "--save", "", "--appendonly", "no", .. _settings, .. more,
    ]);

    private Task AnswersAsync() => Eventually.HoldsAsync(
        async () => _process.HasExited
            ? throw new InvalidOperationException(_process.Said)
            : await Raw.SendAsync("PING") == "PONG",
        "redis-server answers");

    public ValueTask DisposeAsync()
    {
        _process.Dispose();
        _directory.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
