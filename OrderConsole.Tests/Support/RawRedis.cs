using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OrderConsole.Tests.Support;

/// <summary>
/// A foreign program that talks to Redis: one command, one connection, bytes as they are. Errors are exceptions, an array
/// is its elements joined by a space.
/// </summary>
public sealed class RawRedis(int port)
{
    public Task<string?> SendAsync(params string[] command) =>
        SendAsync(command.Select(Encoding.UTF8.GetBytes).ToArray());

    public async Task<string?> SendAsync(params byte[][] command)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        client.ReceiveTimeout = client.SendTimeout = 10_000;
        var stream = client.GetStream();
        await stream.WriteAsync(Encode(command));
        using var reader = new BufferedStream(stream);
        return Read(reader);
    }

    /// <summary>The answer, or the error's text.</summary>
    public async Task<string> TryAsync(params string[] command)
    {
        try
        {
            return await SendAsync(command) ?? "";
        }
        catch (InvalidOperationException refusal)
        {
            return refusal.Message;
        }
    }

    private static byte[] Encode(byte[][] command)
    {
        using var bytes = new MemoryStream();
        void Line(string text) => bytes.Write(Encoding.ASCII.GetBytes(text + "\r\n"));
        Line($"*{command.Length}");
        foreach (var part in command)
        {
            Line($"${part.Length}");
            bytes.Write(part);
            Line("");
        }
        return bytes.ToArray();
    }

    private static string? Read(Stream stream)
    {
        var line = ReadLine(stream);
        switch (line[0])
        {
            case '-':
                throw new InvalidOperationException(line[1..]);
            case '$':
                var length = Number(line);
                if (length < 0) return null;
                var bytes = new byte[length + 2];
                stream.ReadExactly(bytes);
                return Encoding.Latin1.GetString(bytes, 0, length);
            case '*':
                return string.Join(' ', Enumerable.Range(0, Math.Max(0, Number(line))).Select(_ => Read(stream)).ToArray());
            default:
                return line[1..];
        }
    }

    private static int Number(string line) => int.Parse(line.AsSpan(1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private static string ReadLine(Stream stream)
    {
        var line = new StringBuilder();
        for (int next; (next = stream.ReadByte()) != '\n';)
        {
            if (next < 0) throw new EndOfStreamException();
            if (next != '\r') line.Append((char)next);
        }
        return line.ToString();
    }
}
