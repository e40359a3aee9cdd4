using System.Diagnostics;

namespace OrderConsole.Core;

/// <summary>
/// Places where the crash tests hold up, freeze or end the process: <c>OC_FAULT=point:action[:count]</c>, several with commas
/// between them, the action taken the <c>count</c>-th time the point is reached (1). Compiled into the Test configuration
/// only; elsewhere every call vanishes.
/// </summary>
internal static class FaultPoint
{
#if FAULT_POINTS
    private static readonly Fault[] Faults = [.. (Environment.GetEnvironmentVariable("OC_FAULT") ?? "").Split(',').Select(text => new Fault(text.Split(':')))];
#endif

    [Conditional("FAULT_POINTS")]
    public static void Reach(string point)
    {
#if FAULT_POINTS
        if (Array.Find(Faults, fault => fault.Point == point) is not { } here || !here.IsReachedNow()) return;
        Console.Error.WriteLine($"fault point {point}: {here.Action}");
        switch (here.Action)
        {
            case "hold": new ManualResetEventSlim().Wait(TimeSpan.FromMinutes(1)); break;
            case "kill": Process.GetCurrentProcess().Kill(); new ManualResetEventSlim().Wait(); break;
            case "stop": Freeze(); break;
            case "throw": throw new InvalidOperationException($"Fault point {point}.");
            default: throw new InvalidOperationException($"Unknown action {here.Action}.");
        }
#endif
    }

#if FAULT_POINTS
    private sealed class Fault(string[] parts)
    {
        private readonly int _count = parts.Length > 2 ? int.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture) : 1;
        private int _reached;

        public string Point => parts[0];
        public string Action => parts[1];
        public bool IsReachedNow() => Interlocked.Increment(ref _reached) == _count;
    }

    private static void Freeze()
    {
        using var kill = Process.Start("kill", ["-STOP", Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
#endif
}
