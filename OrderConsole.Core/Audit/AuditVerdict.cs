namespace OrderConsole.Core.Audit;

/// <summary>What is wrong at the first broken place of the audit.</summary>
public enum AuditFault
{
    /// <summary>The row is not what was written: changed, moved, or put in between.</summary>
    Changed,
    /// <summary>The row is gone from the middle.</summary>
    Missing,
    /// <summary>The row was there, by the head of the chain or by an anchor, and the chain ends before it.</summary>
    CutOff,
    /// <summary>The row stands behind the end of the chain.</summary>
    Added,
    /// <summary>The row was signed with a key that this console was not given: it can not be judged.</summary>
    UnknownKey,
    /// <summary>The rows hold together, and an anchor says otherwise of this one: all of it was written anew by somebody with the key.</summary>
    Rewritten,
}

/// <summary>What a verification found.</summary>
/// <param name="Rows">How many rows were read.</param>
/// <param name="Anchors">How many anchors they were compared with.</param>
/// <param name="Head">The hash of the last good row.</param>
/// <param name="Broken">The first broken row's number, with <paramref name="Fault"/>; null when all is whole.</param>
public sealed record AuditVerdict(long Rows, int Anchors, string Head, TimeSpan Took, AuditFault? Fault = null, long? Broken = null)
{
    public bool IsWhole => Fault is null;
}
