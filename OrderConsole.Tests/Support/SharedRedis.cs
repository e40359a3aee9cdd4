using OrderConsole.Core.Redis;
using OrderConsole.Tests.Support;

[assembly: AssemblyFixture(typeof(SharedRedis))]

namespace OrderConsole.Tests.Support;

/// <summary>One redis-server for all tests that leave it whole; each test has names of its own in it.</summary>
public sealed class SharedRedis : IAsyncLifetime
{
    private static int _names;
    private RedisServer? _server;
    private RedisConnection? _connection;

    public RedisServer Server => _server ?? throw new InvalidOperationException("The fixture has not been started.");
    public RedisConnection Connection => _connection ?? throw new InvalidOperationException("The fixture has not been started.");

    /// <summary>A key name that no other test uses.</summary>
    public static string NewName(string kind) => $"{kind}-{Interlocked.Increment(ref _names)}";

    public async ValueTask InitializeAsync()
    {
        _server = await RedisServer.StartAsync();
        _connection = _server.Connect(options => options.CallTimeout = TimeSpan.FromSeconds(10));
        _connection.Start();
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null) await _connection.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
    }
}
