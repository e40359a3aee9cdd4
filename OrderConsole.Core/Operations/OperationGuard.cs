using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using OrderConsole.Core.Access;
using OrderConsole.Core.Audit;

namespace OrderConsole.Core.Operations;

/// <summary>
/// Asks before everything that an operator changes: is this console read-only, and may they, as the database says at this
/// moment? Who may not is written into the audit.
/// </summary>
public sealed class OperationGuard(AccessRules access, AuditLog audit, IOptions<OperationOptions> options) : IDisposable
{
    // Calls of programs have their limit at the door; what an open page sends does not pass there.
    private readonly PartitionedRateLimiter<long> _pace = PartitionedRateLimiter.Create<long, long>(user => RateLimitPartition.GetSlidingWindowLimiter(user, _ => new()
    {
        PermitLimit = options.Value.ActionsPerMinute, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6,
    }));

    /// <param name="permission">A constant of <see cref="Permissions"/>.</param>
    /// <param name="what">What is asked for, as the audit will say it; the outcome is filled in.</param>
    /// <param name="alsoReadOnly">It is order services' work, which goes on while operators may only look.</param>
    /// <returns>Who it is, as the audit says it.</returns>
    /// <exception cref="OperationRefusedException">Read-only, not allowed, or too much at a time.</exception>
    public async Task<AuditActor> DemandAsync(Operator by, string permission, AuditEntry what, CancellationToken cancel, bool alsoReadOnly = false)
    {
        if (by is { UserId: { } user, Source: Operator.Console })
        {
            using var lease = _pace.AttemptAcquire(user);
            // Not in the audit: whoever floods the console would flood it too.
            if (!lease.IsAcquired) throw new OperationRefusedException(OperationRefusedException.TooManyActions, $"More than {options.Value.ActionsPerMinute} actions a minute.");
        }
        if (options.Value.ReadOnly && !alsoReadOnly)
            throw await DeniedAsync(by, what, ReadOnly().Code, ReadOnly().Message, cancel);
        try
        {
            return by.Actor(await access.DemandAsync(by, permission, cancel));
        }
        catch (AccessDeniedException denied)
        {
            throw await DeniedAsync(by, what, OperationRefusedException.Forbidden, denied.Message, cancel);
        }
    }

    public void Dispose() => _pace.Dispose();

    public static OperationRefusedException ReadOnly() => new(OperationRefusedException.ReadOnly, "This console is read-only (Operations:ReadOnly).");

    /// <summary>Writes down that it was denied.</summary>
    public async Task<OperationRefusedException> DeniedAsync(Operator by, AuditEntry what, string code, string words, CancellationToken cancel)
    {
        await audit.WriteAsync(by.Actor(), what with { Outcome = AuditOutcome.Denied, Code = code }, cancel);
        return new(code, words);
    }
}
