using System.Globalization;
using OrderConsole.Core.Audit;

namespace OrderConsole.Core.Operations;

/// <summary>What the audit says of operators and operations.</summary>
public static class OperationAudit
{
    public static AuditActor Actor(this Operator by, string? role = null) => new(by.Name, by.Source, role, by.Address, CredentialOf(by.KeyId, by.Session));

    internal static AuditActor Actor(this Operation o) => new(o.By, o.Source, o.Role, o.Address, CredentialOf(o.KeyId, o.Session));

    /// <summary>A row about the operation as a whole.</summary>
    internal static AuditEntry ForAudit(this Operation o, AuditOutcome outcome) => new(o.Action, outcome, TargetOf(o)) { Reason = o.Reason, OperationId = o.Id };

    private static string TargetOf(Operation o) => string.Create(CultureInfo.InvariantCulture, $"operation {o.Id}");

    // The whole of a session's id is nobody's business.
    private static string? CredentialOf(long? key, string? session) => key is not null ? string.Create(CultureInfo.InvariantCulture, $"key {key}")
        : session is not null ? $"session {session[..Math.Min(8, session.Length)]}" : null;
}
