using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OrderConsole.Tests.Support;

/// <summary>
/// The console as a process of its own, on a free port and by default with a fresh SQLite file in a folder of its own: for tests that
/// kill, freeze or restart it, or run several at once.
/// </summary>
public sealed class ConsoleProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(60);

    private readonly StringBuilder _output = new();
    private readonly Dictionary<string, string?> _settings;
    private readonly string[] _args;
    private readonly string _program;
    private readonly bool _ownsFolder;
    private Process? _process;

    private ConsoleProcess(string? folder, IEnumerable<KeyValuePair<string, string?>>? settings, string[] args, int? port, string? program = null)
    {
        _ownsFolder = folder is null;
        Folder = folder ?? Directory.CreateTempSubdirectory("orderconsole-").FullName;
        _settings = new(settings ?? []);
        _args = args;
        _program = program ?? ConsoleAssembly.Path;
        Port = port ?? FreePort();
        Http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(30) };
        Visitors.SignIn(Http);
    }

    /// <summary>The working directory; the default database is <c>data/orders.db</c> in it.</summary>
    public string Folder { get; }
    public int Port { get; }
    public Uri Address => new($"http://127.0.0.1:{Port}/");
    public HttpClient Http { get; }
    public int Id => Running.Id;
    public bool HasExited => Running.HasExited;
    public int ExitCode => Running.ExitCode;

    /// <summary>What it wrote so far, both streams.</summary>
    public string Output
    {
        get { lock (_output) return _output.ToString(); }
    }

    private Process Running => _process ?? throw new InvalidOperationException("Not started.");

    /// <summary>Starts a console and waits until it answers.</summary>
    /// <param name="settings">By key with ':' or '__', for example <c>Timeouts:Lease</c>; also plain environment variables such as <c>OC_FAULT</c>.</param>
    /// <param name="folder">The working directory; null makes one and deletes it at the end.</param>
    /// <param name="program">Another console than the one that was built.</param>
    public static async Task<ConsoleProcess> StartAsync(
        IEnumerable<KeyValuePair<string, string?>>? settings = null, string? folder = null, string[]? args = null, int? port = null, string? program = null)
    {
        var console = new ConsoleProcess(folder, settings, args ?? [], port, program);
        try
        {
            console.Launch();
            await console.WaitUntilLiveAsync();
            return console;
        }
        catch
        {
            await console.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until its database answers, which on a busy machine is later than the console does.</summary>
    public Task UntilReadingAsync() => Eventually.HoldsAsync(
        async () => (await Http.GetAsync(new Uri("api/orders?pageSize=1", UriKind.Relative))).IsSuccessStatusCode, "the database answers");

    /// <summary>Starts a console and does not wait: it may end before it answers.</summary>
    public static ConsoleProcess Launch(IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var console = new ConsoleProcess(null, settings, [], null);
        console.Launch();
        return console;
    }

    /// <summary>Starts a console that is expected to end by itself, and waits for that.</summary>
    public static async Task<(int ExitCode, string Output)> RunToEndAsync(IEnumerable<KeyValuePair<string, string?>>? settings = null, params string[] args)
    {
        await using var console = new ConsoleProcess(null, settings, args, null);
        console.Launch();
        await console.WaitForExitAsync(StartDeadline);
        return (console.ExitCode, console.Output);
    }

    /// <summary>Ends it as a crash does: no handler runs.</summary>
    public async Task KillAsync()
    {
        if (!HasExited) Running.Kill();
        await WaitForExitAsync(TimeSpan.FromSeconds(10));
    }

    /// <summary>Asks it to end, as a service manager does.</summary>
    public async Task StopAsync()
    {
        if (!HasExited) await SignalAsync("TERM");
        await WaitForExitAsync(TimeSpan.FromSeconds(30));
    }

    /// <summary>Starts it again on the same port, folder and database; settings given here replace earlier ones, null removes one.</summary>
    public async Task RestartAsync(IEnumerable<KeyValuePair<string, string?>>? settings = null)
    {
        foreach (var (key, value) in settings ?? []) _settings[key] = value;
        Relaunch();
        await WaitUntilLiveAsync();
    }

    /// <summary>Starts it again and does not wait until it answers.</summary>
    public void Relaunch()
    {
        if (!HasExited) throw new InvalidOperationException("Kill or stop it first.");
        _process?.Dispose();
        Launch();
    }

    /// <summary>Sends a signal: <c>STOP</c> freezes it, <c>CONT</c> lets it go on.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    public async Task WaitForExitAsync(TimeSpan deadline)
    {
        using var ending = new CancellationTokenSource(deadline);
        try
        {
            await Running.WaitForExitAsync(ending.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The console still runs after {deadline}. It wrote:\n{Output}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_process is not null)
        {
            if (!_process.HasExited) _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }
        if (_ownsFolder) Directory.Delete(Folder, recursive: true);
    }

    private void Launch()
    {
        var start = new ProcessStartInfo("dotnet", [_program, .. _args])
        {
            WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        start.Environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{Port}";
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        start.Environment["Jobs__Enabled"] = "false";
        start.Environment["Operations__SecondPersonAbove"] = "0";
        start.Environment["Operations__SecondPersonOnPaidOrders"] = "false";
        foreach (var (key, value) in Visitors.Settings.Concat(_settings))
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        _process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_output) if (line.Data is not null) _output.AppendLine(line.Data);
    }

    private async Task WaitUntilLiveAsync()
    {
        var started = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(started) < StartDeadline)
        {
            if (HasExited)
            {
                // Lets the readers of both streams finish, so that the message has the reason.
                await Running.WaitForExitAsync();
                throw new InvalidOperationException($"The console ended with exit code {ExitCode}:\n{Output}");
            }
            try
            {
                using var answer = await Http.GetAsync(new Uri("health/live", UriKind.Relative));
                if (answer.IsSuccessStatusCode)
                {
                    await Visitors.UntilSignedInAsync(Http);
                    return;
                }
            }
            catch (HttpRequestException) { }
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
        throw new TimeoutException($"The console is not live after {StartDeadline}. It wrote:\n{Output}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
