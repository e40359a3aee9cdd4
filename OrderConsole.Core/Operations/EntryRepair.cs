using OrderConsole.Core.Data;
using OrderConsole.Core.Diagnostics.Drift;

namespace OrderConsole.Core.Operations;

/// <summary>Mends entries of the queue: looks at each beside its order, in the preview and once more when it is done, and mends those that still are as they should not be.</summary>
public abstract class EntryRepair(OrderDatabase database, DriftReader drift) : OperatorAction
{
    public sealed override async Task<IReadOnlyList<ExaminedTarget>> ExamineAsync(IReadOnlyList<string> targets, OperationParameters parameters, CancellationToken cancel) =>
        [.. (await drift.LookAsync(targets, cancel)).Select(look => new ExaminedTarget(look.Name, null, Refusal(look)))];

    public sealed override async Task DoAsync(ActionBatch batch, CancellationToken cancel)
    {
        var looks = (await drift.LookAsync([.. batch.Items.Select(i => i.Target)], cancel)).ToDictionary(l => l.Name, StringComparer.Ordinal);
        var mended = (await MendAsync([.. looks.Values.Where(look => Refusal(look) is null)], cancel)).ToHashSet(StringComparer.Ordinal);
        await database.WriteAsync(async db =>
        {
            await batch.RecordAsync(db, [.. batch.Items.Select(i => mended.Contains(i.Target)
                ? ItemOutcome.Done(i) : ItemOutcome.Refused(i, Refusal(looks[i.Target]) ?? RefusalCodes.NotInQueue))], cancel);
            return 0;
        }, cancel);
    }

    /// <summary>Why nothing is to be mended, or null.</summary>
    protected abstract string? Refusal(DriftLook look);

    /// <returns>The names of those that were mended; the others have left the queue meanwhile.</returns>
    protected abstract Task<IReadOnlyList<string>> MendAsync(IReadOnlyList<DriftLook> looks, CancellationToken cancel);
}
