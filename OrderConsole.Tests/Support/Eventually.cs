using System.Diagnostics;

namespace OrderConsole.Tests.Support;

/// <summary>Waits for a condition, never for a time: ends as soon as it holds, fails with what was waited for.</summary>
public static class Eventually
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static Task HoldsAsync(Func<bool> condition, string what, TimeSpan? patience = null) =>
        HoldsAsync(() => Task.FromResult(condition()), what, patience);

    public static async Task HoldsAsync(Func<Task<bool>> condition, string what, TimeSpan? patience = null)
    {
        var clock = Stopwatch.StartNew();
        Exception? last = null;
        while (clock.Elapsed < (patience ?? Patience))
        {
            try
            {
                if (await condition()) return;
            }
            catch (Exception fault)
            {
                last = fault;
            }
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
        throw new TimeoutException($"Waited {clock.Elapsed.TotalSeconds:0.0} s in vain: {what}", last);
    }
}
