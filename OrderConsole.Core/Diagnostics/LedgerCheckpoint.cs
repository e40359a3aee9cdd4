namespace OrderConsole.Core.Diagnostics;

/// <summary>
/// How far the stock ledger has been added up, table <c>ledger_checkpoint</c>, one row: so that a console that has just been
/// started, and a diagnosis from the command line, need not begin again.
/// </summary>
public sealed class LedgerCheckpoint
{
    public const int TheOne = 1;

    public int Id { get; init; } = TheOne;
    /// <summary>The id of the last movement that is in the sums.</summary>
    public long UpTo { get; init; }
    /// <summary>JSON: for each SKU available, reserved and sold.</summary>
    public string Sums { get; init; } = "{}";
}
