using System.Buffers.Binary;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace OrderConsole.Benchmarks;

/// <summary>
/// An open page without a browser: loads the document, starts a Blazor circuit over its WebSocket and acknowledges what is
/// rendered, as the script in a browser does. What it costs is the server's share alone.
/// </summary>
internal sealed partial class Circuit : IDisposable
{
    private static readonly byte[] ChartSize = """{"width":800,"height":270}"""u8.ToArray();
    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1, 1);

    /// <summary>Gets each rendered change as it arrived, with how old the figures in it were.</summary>
    public Action<TimeSpan>? Rendered { get; set; }

    /// <summary>What the server said when it ended the circuit, or null.</summary>
    public string? Fault { get; private set; }

    public static async Task<Circuit> OpenAsync(HttpClient http, string path, CancellationToken cancel)
    {
        var page = await http.GetStringAsync(new Uri(path, UriKind.Relative), cancel);
        var circuit = new Circuit();
        circuit._socket.Options.SetRequestHeader("Authorization", http.DefaultRequestHeaders.Authorization?.ToString());
        await circuit._socket.ConnectAsync(new UriBuilder(http.BaseAddress!) { Scheme = "ws", Path = "/_blazor" }.Uri, cancel);
        await circuit._socket.SendAsync("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"u8.ToArray(), WebSocketMessageType.Text, true, cancel);
        var (components, state) = (Markers(page), StateComment().Match(page).Groups[1].Value);
        await circuit.SendAsync("0", "StartCircuit", cancel, http.BaseAddress!.ToString(), new Uri(http.BaseAddress, path).ToString(), "[]", "");
        _ = circuit.ReceiveAsync(components, state, cancel);
        return circuit;
    }

    public void Dispose()
    {
        _socket.Dispose();
        _sending.Dispose();
    }

    private static string Markers(string page)
    {
        var operations = Marker().Matches(page).Select(m => JsonNode.Parse(m.Groups[1].Value)!).Where(m => m["type"] is not null)
            .Select((marker, i) => new JsonObject { ["type"] = "add", ["ssrComponentId"] = i + 1, ["marker"] = marker.DeepClone() });
        return new JsonObject { ["batchId"] = 1, ["operations"] = new JsonArray([.. operations]) }.ToJsonString();
    }

    private async Task ReceiveAsync(string components, string state, CancellationToken cancel)
    {
        var (buffer, message, greeted) = (new byte[64 * 1024], new MemoryStream(), false);
        try
        {
            while (!cancel.IsCancellationRequested)
            {
                var read = await _socket.ReceiveAsync(buffer, cancel);
                if (read.MessageType == WebSocketMessageType.Close) return;
                message.Write(buffer, 0, read.Count);
                if (!read.EndOfMessage) continue;
                // The answer to the greeting is JSON, ended by 0x1e.
                var data = message.ToArray();
                var begin = greeted ? 0 : Array.IndexOf(data, (byte)0x1e) + 1;
                greeted = true;
                foreach (var frame in Frames(data[begin..])) await AnswerAsync(new MessagePackReader(frame), frame, components, state, cancel);
                message.SetLength(0);
            }
        }
        catch (Exception e)
        {
            if (!cancel.IsCancellationRequested) Fault ??= e.Message;
        }
    }

    private async Task AnswerAsync(MessagePackReader reader, ReadOnlyMemory<byte> frame, string components, string state, CancellationToken cancel)
    {
        reader.Array();
        var type = reader.Whole();
        if (type == 3)
        {
            // The circuit has started: the components of the page come alive.
            await SendAsync(null, "UpdateRootComponents", cancel, components, state);
            return;
        }
        if (type == 7) Fault ??= "The server closed the connection.";
        if (type != 1) return;
        reader.Skip();
        reader.Skip();
        var target = reader.Text();
        reader.Array();
        switch (target)
        {
            case "JS.RenderBatch":
                var batch = reader.Whole();
                if (NewestMoment(frame.Span) is { } at) Rendered?.Invoke(TimeProvider.System.GetUtcNow() - at);
                await SendAsync(null, "OnRenderCompleted", cancel, batch, null);
                break;
            case "JS.BeginInvokeJS":
                var handle = reader.Whole();
                var called = reader.Text();
                reader.Skip();
                var result = reader.Whole() == 1 ? """{"__jsObjectId":1}""" : called.EndsWith("createChart", StringComparison.Ordinal) ? Encoding.UTF8.GetString(ChartSize) : "null";
                if (handle != 0) await SendAsync(null, "EndInvokeJSFromDotNet", cancel, handle, true, $"[{handle},true,{result}]");
                break;
            case "JS.Error":
                Fault = reader.Text();
                break;
        }
    }

    /// <summary>The live indicator carries the moment of its figures in Unix milliseconds: the only 13 digits that begin like today's.</summary>
    private static DateTimeOffset? NewestMoment(ReadOnlySpan<byte> frame)
    {
        var prefix = Encoding.ASCII.GetBytes(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture)[..6]);
        long newest = 0;
        for (var i = frame.IndexOf(prefix); i >= 0; )
        {
            if (i + 13 <= frame.Length && System.Buffers.Text.Utf8Parser.TryParse(frame.Slice(i, 13), out long at, out var used) && used == 13) newest = Math.Max(newest, at);
            var next = frame[(i + 1)..].IndexOf(prefix);
            i = next < 0 ? -1 : i + 1 + next;
        }
        return newest == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(newest);
    }

    private async Task SendAsync(string? id, string target, CancellationToken cancel, params object?[] arguments)
    {
        var body = new MessagePackWriter();
        body.Array(6);
        body.Whole(1);
        body.EmptyMap();
        if (id is null) body.Nil();
        else body.Text(id);
        body.Text(target);
        body.Array(arguments.Length);
        foreach (var argument in arguments) body.Value(argument);
        body.Array(0);
        await _sending.WaitAsync(cancel);
        try
        {
            await _socket.SendAsync(body.Framed(), WebSocketMessageType.Binary, true, cancel);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Messages come with their length before them, seven bits a byte.</summary>
    private static IEnumerable<ReadOnlyMemory<byte>> Frames(byte[] data)
    {
        for (var at = 0; at < data.Length;)
        {
            var (length, shift) = (0, 0);
            byte part;
            do
            {
                part = data[at++];
                length |= (part & 0x7f) << shift;
                shift += 7;
            }
            while ((part & 0x80) != 0);
            yield return data.AsMemory(at, length);
            at += length;
        }
    }

    [GeneratedRegex("<!--Blazor:(\\{.*?\\})-->")]
    private static partial Regex Marker();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(.*?)-->")]
    private static partial Regex StateComment();
}

/// <summary>As much of MessagePack as the hub protocol needs. Format: https://github.com/msgpack/msgpack/blob/master/spec.md</summary>
internal sealed class MessagePackReader(ReadOnlyMemory<byte> data)
{
    private ReadOnlyMemory<byte> _rest = data;

    public int Array()
    {
        var kind = Byte();
        return kind switch { >= 0x90 and <= 0x9f => kind & 0xf, 0xdc => (int)Big(2), 0xdd => (int)Big(4), _ => throw Unexpected(kind) };
    }

    public long Whole()
    {
        var kind = Byte();
        return kind switch
        {
            <= 0x7f => kind,
            >= 0xe0 => (sbyte)kind,
            0xcc or 0xd0 => (long)Big(1), 0xcd or 0xd1 => (long)Big(2), 0xce or 0xd2 => (long)Big(4), 0xcf or 0xd3 => (long)Big(8),
            _ => throw Unexpected(kind),
        };
    }

    public string Text()
    {
        var kind = Byte();
        if (kind == 0xc0) return "";
        var length = kind switch { >= 0xa0 and <= 0xbf => kind & 0x1f, 0xd9 => (int)Big(1), 0xda => (int)Big(2), 0xdb => (int)Big(4), _ => throw Unexpected(kind) };
        var text = Encoding.UTF8.GetString(_rest.Span[..length]);
        _rest = _rest[length..];
        return text;
    }

    public void Skip()
    {
        var kind = _rest.Span[0];
        if (kind is >= 0xa0 and <= 0xbf or 0xd9 or 0xda or 0xdb or 0xc0) Text();
        else if (kind is >= 0x80 and <= 0x8f)
        {
            Byte();
            for (var i = 0; i < (kind & 0xf) * 2; i++) Skip();
        }
        else Whole();
    }

    private byte Byte()
    {
        var first = _rest.Span[0];
        _rest = _rest[1..];
        return first;
    }

    private ulong Big(int bytes)
    {
        ulong value = 0;
        for (var i = 0; i < bytes; i++) value = value << 8 | Byte();
        return value;
    }

    private static InvalidDataException Unexpected(byte kind) => new($"MessagePack byte {kind:x2} was not expected here.");
}

internal sealed class MessagePackWriter
{
    private readonly List<byte> _body = [];

    public void Array(int count) => _body.Add((byte)(0x90 | count));

    public void EmptyMap() => _body.Add(0x80);

    public void Nil() => _body.Add(0xc0);

    public void Whole(long value)
    {
        Span<byte> bytes = stackalloc byte[9];
        bytes[0] = 0xd3;
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], value);
        _body.AddRange(value is >= 0 and <= 0x7f ? [(byte)value] : bytes);
    }

    public void Text(string value)
    {
        var text = Encoding.UTF8.GetBytes(value);
        Span<byte> head = stackalloc byte[5];
        head[0] = 0xdb;
        BinaryPrimitives.WriteInt32BigEndian(head[1..], text.Length);
        _body.AddRange(head);
        _body.AddRange(text);
    }

    public void Value(object? value)
    {
        switch (value)
        {
            case null: Nil(); break;
            case bool flag: _body.Add(flag ? (byte)0xc3 : (byte)0xc2); break;
            case long whole: Whole(whole); break;
            case string text: Text(text); break;
            default: throw new ArgumentException($"{value.GetType()} is not written here.", nameof(value));
        }
    }

    public byte[] Framed()
    {
        var framed = new List<byte>(_body.Count + 5);
        for (var length = _body.Count; ; length >>= 7)
        {
            framed.Add((byte)(length > 0x7f ? length & 0x7f | 0x80 : length));
            if (length <= 0x7f) break;
        }
        return [.. framed, .. _body];
    }
}
