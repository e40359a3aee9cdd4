namespace OrderConsole.Core.Audit;

/// <summary>Who acted, as the audit says it.</summary>
/// <param name="Source">Where from: <c>console</c>, <c>api</c> or <c>system</c>.</param>
/// <param name="Credential">The key or the session; never a secret.</param>
public sealed record AuditActor(string Who, string Source, string? Role = null, string? Address = null, string? Credential = null);

/// <summary>What is to be written; texts are cut to what fits, and control characters do not get in.</summary>
/// <param name="Action">A stable word: an action's name, or <c>sign_in</c>, <c>key_created</c> and the like.</param>
/// <param name="Target">What it was done to: an order number, a job, a user.</param>
public sealed record AuditEntry(string Action, AuditOutcome Outcome, string? Target = null)
{
    public string? Before { get; init; }
    public string? After { get; init; }
    public string? Reason { get; init; }
    public string? Code { get; init; }
    public long? OperationId { get; init; }
}
