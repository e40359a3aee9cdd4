using System.Net;
using System.Net.Sockets;

namespace OrderConsole.Tests.Support;

/// <summary>
/// A wire to a server that can lose what comes back: requests still arrive and are executed, their answers never come.
/// </summary>
public sealed class ReplyCut : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private volatile bool _cut;

    public ReplyCut(int serverPort)
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync(serverPort);
    }

    public int Port { get; }

    public void Cut() => _cut = true;

    public void Heal() => _cut = false;

    private async Task AcceptAsync(int serverPort)
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                var server = new TcpClient();
                await server.ConnectAsync(IPAddress.Loopback, serverPort, _stop.Token);
                _ = PumpAsync(client, server, loses: false);
                _ = PumpAsync(server, client, loses: true);
            }
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
            // The test is over.
        }
    }

    private async Task PumpAsync(TcpClient from, TcpClient to, bool loses)
    {
        try
        {
            var buffer = new byte[64 * 1024];
            for (int count; (count = await from.GetStream().ReadAsync(buffer, _stop.Token)) > 0;)
                if (!loses || !_cut)
                    await to.GetStream().WriteAsync(buffer.AsMemory(0, count), _stop.Token);
        }
        catch (Exception)
        {
            // One side is gone; so is the other below.
        }
        from.Dispose();
        to.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _listener.Dispose();
        _stop.Dispose();
    }
}
