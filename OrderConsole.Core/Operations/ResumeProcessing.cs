using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Access;
using OrderConsole.Core.Data;
using OrderConsole.Core.Timeouts;

namespace OrderConsole.Core.Operations;

/// <summary>Has every console claim again. The one target is <see cref="PauseProcessing.Target"/>.</summary>
public sealed class ResumeProcessing(OrderDatabase database, ProcessingSwitch processing) : OperatorAction
{
    public const string ActionName = "resume_processing";

    public override string Name => ActionName;
    public override string Permission => Permissions.Pause;

    public override async Task<IReadOnlyList<ExaminedTarget>> ExamineAsync(IReadOnlyList<string> targets, OperationParameters parameters, CancellationToken cancel)
    {
        var paused = await processing.ReadAsync(cancel) is not null;
        return [.. targets.Select(t => new ExaminedTarget(PauseProcessing.Known(t), null, paused ? null : RefusalCodes.NotPaused))];
    }

    public override async Task DoAsync(ActionBatch batch, CancellationToken cancel)
    {
        await database.WriteAsync(async db =>
        {
            var ended = await db.ProcessingPauses.ExecuteDeleteAsync(cancel);
            await batch.RecordAsync(db, [.. batch.Items.Select(i => ended > 0 ? ItemOutcome.Done(i, before: "paused", after: "running") : ItemOutcome.Refused(i, RefusalCodes.NotPaused))], cancel);
            return ended;
        }, cancel);
        await processing.ReadAsync(cancel);
    }
}
