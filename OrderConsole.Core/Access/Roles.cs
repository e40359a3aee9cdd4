using System.Collections.Immutable;

namespace OrderConsole.Core.Access;

/// <summary>Names for sets of permissions; each role may do all that the one before it may.</summary>
public static class Roles
{
    public const string Viewer = "viewer";
    public const string Operator = "operator";
    public const string Admin = "admin";

    private static readonly HashSet<string> OfViewer = [Permissions.View, Permissions.ReadAudit];
    private static readonly HashSet<string> OfOperator =
    [
        .. OfViewer, Permissions.Cancel, Permissions.Extend, Permissions.Requeue, Permissions.Unlock, Permissions.CleanUp, Permissions.Repair,
        Permissions.Pause, Permissions.DecidePayment, Permissions.Diagnose, Permissions.RunJob, Permissions.Approve,
    ];
    private static readonly HashSet<string> OfAdmin = [.. Permissions.All];

    /// <summary>From the least to the most.</summary>
    public static ImmutableArray<string> All { get; } = [Viewer, Operator, Admin];

    /// <summary>What a role may do; a role that there is not may do nothing.</summary>
    public static IReadOnlySet<string> PermissionsOf(string role) => role switch
    {
        Viewer => OfViewer,
        Operator => OfOperator,
        Admin => OfAdmin,
        _ => new HashSet<string>(),
    };
}
