using System.Diagnostics;

namespace OrderConsole.Core;

/// <summary>
/// Places where the crash tests stop, freeze or end the process: <c>OC_FAULT=point:action[:count]</c>, the action taken
/// the <c>count</c>-th time the point is reached (1). Compiled into the Test configuration only; elsewhere every call vanishes.
/// </summary>
internal static class FaultPoint
{
#if FAULT_POINTS
    private static readonly string[] Fault = (Environment.GetEnvironmentVariable("OC_FAULT") ?? "").Split(':');
    private static int _reached;
#endif

    [Conditional("FAULT_POINTS")]
    public static void Reach(string point)
    {
#if FAULT_POINTS
        if (Fault[0] != point) return;
        var count = Fault.Length > 2 ? int.Parse(Fault[2], System.Globalization.CultureInfo.InvariantCulture) : 1;
        if (Interlocked.Increment(ref _reached) != count) return;
        Console.Error.WriteLine($"fault point {point}: {Fault[1]}");
        switch (Fault[1])
        {
            case "kill": Process.GetCurrentProcess().Kill(); new ManualResetEventSlim().Wait(); break;
            case "stop": Freeze(); break;
            case "throw": throw new InvalidOperationException($"Fault point {point}.");
            default: throw new InvalidOperationException($"Unknown action {Fault[1]}.");
        }
#endif
    }

#if FAULT_POINTS
    private static void Freeze()
    {
        using var kill = Process.Start("kill", ["-STOP", Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
#endif
}
