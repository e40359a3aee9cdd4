using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace OrderConsole.Tests.Support;

/// <summary>One private server process. Signals go to this process alone, by its id.</summary>
public sealed class ServerProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringWriter _said = new();

    private ServerProcess(Process process) => _process = process;

    public bool HasExited => _process.HasExited;
    public string Said { get { lock (_said) return _said.ToString(); } }

    public static ServerProcess Start(string program, params string[] arguments)
    {
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            },
        };
        var server = new ServerProcess(process);
        process.OutputDataReceived += (_, line) => server.Hear(line.Data);
        process.ErrorDataReceived += (_, line) => server.Hear(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return server;
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Kill()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>SIGSTOP: the process is there, its sockets too, and nothing answers.</summary>
    public void Freeze() => Signal(_process.Id, "STOP");

    public void Thaw() => Signal(_process.Id, "CONT");

    public static void Signal(int processId, string signal)
    {
        // Its complaint about a process that has ended by itself meanwhile is no news.
        using var kill = Process.Start(new ProcessStartInfo("kill", [$"-{signal}", processId.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardError = true })!;
        kill.WaitForExit();
    }

    private void Hear(string? line)
    {
        lock (_said) _said.WriteLine(line);
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }
}
