using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Live;

/// <summary>A client of the metrics hub in the few lines that its protocol needs: JSON messages, each ended by 0x1e.</summary>
internal sealed class HubClient : IDisposable
{
    private const char End = '\x1e';
    private readonly ClientWebSocket _socket = new();

    public static async Task<HubClient> ConnectAsync(Uri console, CancellationToken cancel)
    {
        var client = new HubClient();
        client._socket.Options.SetRequestHeader("Authorization", $"Bearer {Visitors.ApiKey}");
        await client._socket.ConnectAsync(new UriBuilder(console) { Scheme = "ws", Path = "/hubs/metrics" }.Uri, cancel);
        await client._socket.SendAsync(Encoding.UTF8.GetBytes($$"""{"protocol":"json","version":1}{{End}}"""), WebSocketMessageType.Text, true, cancel);
        return client;
    }

    public async IAsyncEnumerable<JsonElement> SnapshotsAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var (buffer, text) = (new byte[64 * 1024], new StringBuilder());
        while (true)
        {
            var read = await _socket.ReceiveAsync(buffer, cancel);
            if (read.MessageType == WebSocketMessageType.Close) yield break;
            text.Append(Encoding.UTF8.GetString(buffer, 0, read.Count));
            var messages = text.ToString().Split(End);
            text.Clear().Append(messages[^1]);
            foreach (var message in messages[..^1])
            {
                using var json = JsonDocument.Parse(message);
                if (json.RootElement.TryGetProperty("target", out var target) && target.GetString() == "Snapshot")
                    yield return json.RootElement.GetProperty("arguments")[0].Clone();
            }
        }
    }

    public void Dispose() => _socket.Dispose();
}
