using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OrderConsole.Core.Access;
using OrderConsole.Core.Audit;
using OrderConsole.Core.Data;
using OrderConsole.Core.Telemetry;

namespace OrderConsole.Core.Operations;

/// <summary>
/// The second person: says yes or no to an operation that waits. What runs then is the list that was frozen and shown; of
/// two who decide at once, one does.
/// </summary>
public sealed class OperationApprovals(
    OrderDatabase database, OperationGate gate, OperationRunner runner, OperationGuard guard, AuditLog audit,
    IOptions<OperationOptions> options, TimeProvider time)
{
    /// <summary>Has it run.</summary>
    /// <exception cref="OperationRefusedException">Not allowed, one's own, not waiting (any more), or whoever asked may not do it any more.</exception>
    /// <exception cref="Orders.InvalidInputException">No reason, or too long a one.</exception>
    public async Task<Operation> ApproveAsync(long id, string? reason, Operator by, CancellationToken cancel)
    {
        var approved = await DecideAsync(id, reason, by, OperationState.Running, cancel);
        runner.Start(id);
        return approved;
    }

    /// <summary>Ends it; nothing is done.</summary>
    /// <inheritdoc cref="ApproveAsync" path="/exception"/>
    public Task<Operation> RejectAsync(long id, string? reason, Operator by, CancellationToken cancel) => DecideAsync(id, reason, by, OperationState.Rejected, cancel);

    private async Task<Operation> DecideAsync(long id, string? reason, Operator by, OperationState to, CancellationToken cancel)
    {
        var why = OperationGate.CheckedReason(reason);
        var waiting = await gate.FindAsync(id, cancel) ?? throw OperationGate.Unknown(id);
        var what = waiting.ForAudit(AuditOutcome.Denied) with { Reason = why };
        var actor = await guard.DemandAsync(by, Permissions.Approve, what, cancel);
        if (to == OperationState.Running) await CheckAsync(waiting, by, what, cancel);
        var now = time.GetUtcNow();
        var (oldest, runs) = (now - options.Value.ApprovalFor, to == OperationState.Running);
        var decided = await database.WriteAsync(async db =>
        {
            var own = await db.Operations.Where(o => o.Id == id && o.State == OperationState.Waiting && o.AskedAt > oldest).ExecuteUpdateAsync(set => set
                .SetProperty(o => o.State, to).SetProperty(o => o.DecidedBy, by.Name).SetProperty(o => o.DecidedAt, now).SetProperty(o => o.DecisionReason, why)
                .SetProperty(o => o.Node, runs ? Node.ThisProcess.Name : null)
                .SetProperty(o => o.StartedAt, runs ? now : null).SetProperty(o => o.FinishedAt, runs ? null : now), cancel);
            if (own > 0) await audit.AppendAsync(db, actor, what with { Outcome = runs ? AuditOutcome.Approved : AuditOutcome.Rejected }, cancel);
            return own;
        }, cancel);
        if (decided == 0) throw new OperationRefusedException(OperationRefusedException.NotWaiting, $"Operation {id} does not wait for a second person, or not any more.");
        return (await gate.FindAsync(id, cancel))!;
    }

    private async Task CheckAsync(Operation waiting, Operator by, AuditEntry what, CancellationToken cancel)
    {
        if (waiting.State != OperationState.Waiting) return;
        var (asker, mayStill) = await database.ReadAsync(db => AskerAsync(db, waiting, cancel));
        var second = await database.ReadAsync(db => OwnerAsync(db, by.Name, by.KeyId, cancel));
        if (asker == second)
            throw await guard.DeniedAsync(by, what, OperationRefusedException.OwnOperation, "Whoever asked for an operation can not approve it; a second person must.", cancel);
        if (!mayStill)
            throw await guard.DeniedAsync(by, what, OperationRefusedException.AskerNotAllowed, $"{waiting.By} may not do this any more; reject it.", cancel);
    }

    /// <returns>The person behind it, and whether they may do it still. Whether they are signed in does not matter.</returns>
    private async Task<(string Person, bool MayStill)> AskerAsync(OrdersDb db, Operation waiting, CancellationToken cancel)
    {
        var (permission, now) = (gate.Known(waiting.Action).Permission, time.GetUtcNow());
        var mayStill = waiting switch
        {
            { KeyId: { } key } => await db.ApiKeys.AsNoTracking().SingleOrDefaultAsync(k => k.Id == key, cancel) is { } found && found.IsValidAt(now) && found.May(permission),
            { UserId: { } user } => (await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == user, cancel))?.May(permission) == true,
            _ => false,
        };
        return (await OwnerAsync(db, waiting.By, waiting.KeyId, cancel), mayStill);
    }

    /// <summary>A key acts for whoever made it: nobody is two people by having one.</summary>
    private static async Task<string> OwnerAsync(OrdersDb db, string name, long? key, CancellationToken cancel) => key is null ? name
        : await db.ApiKeys.Where(k => k.Id == key).Select(k => k.CreatedBy).SingleOrDefaultAsync(cancel) ?? name;
}
