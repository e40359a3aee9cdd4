using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Access;
using OrderConsole.Core.Data;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Timeouts;

namespace OrderConsole.Core.Operations;

/// <summary>Has every console claim nothing more; what is claimed is finished. The one target is <see cref="Target"/>.</summary>
public sealed class PauseProcessing(OrderDatabase database, ProcessingSwitch processing, TimeProvider time) : OperatorAction
{
    public const string ActionName = "pause_processing";
    public const string Target = "processing";

    public override string Name => ActionName;
    public override string Permission => Permissions.Pause;

    public override async Task<IReadOnlyList<ExaminedTarget>> ExamineAsync(IReadOnlyList<string> targets, OperationParameters parameters, CancellationToken cancel)
    {
        var paused = await processing.ReadAsync(cancel) is not null;
        return [.. targets.Select(t => new ExaminedTarget(Known(t), null, paused ? RefusalCodes.PausedAlready : null))];
    }

    public override async Task DoAsync(ActionBatch batch, CancellationToken cancel)
    {
        await database.WriteAsync(async db =>
        {
            var paused = await db.ProcessingPauses.AnyAsync(cancel);
            if (!paused) db.Add(new ProcessingPause { At = time.GetUtcNow(), By = batch.Operation.By, Reason = batch.Reason });
            await db.SaveChangesAsync(cancel);
            await batch.RecordAsync(db, [.. batch.Items.Select(i => paused ? ItemOutcome.Refused(i, RefusalCodes.PausedAlready) : ItemOutcome.Done(i, before: "running", after: "paused"))], cancel);
            return paused;
        }, cancel);
        await processing.ReadAsync(cancel);
    }

    internal static string Known(string target) => target == Target ? target : throw new InvalidInputException("selection.listed", Target);
}
