using OrderConsole.Core.Access;
using OrderConsole.Core.Locks;

namespace OrderConsole.Core.Operations;

/// <summary>Removes locks that nobody works under, and never another one. Targets as those of <see cref="UnlockOrders"/>.</summary>
public sealed class CleanUpLocks(LockRelease release) : OperatorAction
{
    public const string ActionName = "clean_up_locks";

    public override string Name => ActionName;
    public override string Permission => Permissions.CleanUp;

    public override Task<IReadOnlyList<ExaminedTarget>> ExamineAsync(IReadOnlyList<string> targets, OperationParameters parameters, CancellationToken cancel) =>
        release.ExamineAsync(targets, null, Refusal, cancel);

    public override Task DoAsync(ActionBatch batch, CancellationToken cancel) => release.DoAsync(batch, Refusal, cancel);

    private static string? Refusal(JudgedLock one) => one.Verdict.CanBeCleaned ? null : RefusalCodes.LockAlive;
}
