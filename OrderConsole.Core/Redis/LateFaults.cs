namespace OrderConsole.Core.Redis;

internal static class LateFaults
{
    /// <summary>A call that nobody waits for any more may still fail; its exception counts as seen.</summary>
    public static void ForgetLateFault(this Task call) =>
        _ = call.ContinueWith(static late => _ = late.Exception, CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
