using OrderConsole.Core.Diagnostics.Drift;
using OrderConsole.Core.Locks;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Queue;

namespace OrderConsole.Core.Operations;

/// <summary>Turns a selection into the list that is frozen.</summary>
public sealed class TargetReader(OrderQueries orders, IQueueInspector queue, LatePayments payments, RemovableLocks locks, DriftReader drifts)
{
    private const int QueuePageSize = 200;
    private static readonly TimeSpan Comparison = TimeSpan.FromSeconds(20);
    public const string Kinds = "exactly one of listed, orders, queue, payments, locks and drift";
    public const int MaxTargetLength = 256;

    /// <returns>Each target once, in the order of the selection.</returns>
    /// <exception cref="OperationRefusedException">Nothing is selected, or more than <paramref name="most"/>.</exception>
    /// <exception cref="InvalidInputException">The selection is not exactly one of its kinds, or a target has no form.</exception>
    public async Task<IReadOnlyList<string>> ReadAsync(TargetSelection selection, int most, CancellationToken cancel)
    {
        var list = selection switch
        {
            { Listed: { } listed, Orders: null, Queue: null, Payments: null, Locks: null, Drift: null } => Checked(listed),
            { Orders: { } filter, Listed: null, Queue: null, Payments: null, Locks: null, Drift: null } => await orders.NumbersAsync(filter, most + 1, cancel),
            { Queue: { } state, Listed: null, Orders: null, Payments: null, Locks: null, Drift: null } => await EntriesAsync(state, most + 1, cancel),
            { Payments: PaymentSelection.Undecided, Listed: null, Orders: null, Queue: null, Locks: null, Drift: null } => await payments.UndecidedIdsAsync(most + 1, cancel),
            { Locks: LockSelection.Removable, Listed: null, Orders: null, Queue: null, Payments: null, Drift: null } => await locks.NamesAsync(most, cancel),
            { Drift: { } drift, Listed: null, Orders: null, Queue: null, Payments: null, Locks: null } => await DriftAsync(drift, most, cancel),
            _ => throw new InvalidInputException("selection", Kinds),
        };
        return list.Count == 0 ? throw new OperationRefusedException(OperationRefusedException.NothingSelected, "Nothing is selected.")
            : list.Count > most ? throw new OperationRefusedException(OperationRefusedException.TooManySelected, $"More than {most:N0} are selected; narrow the selection (Operations:MaxTargets).")
            : list;
    }

    private static List<string> Checked(IReadOnlyList<string> listed)
    {
        var bad = listed.Select((target, i) => (target, i)).FirstOrDefault(t => !IsTarget(t.target), (target: "", i: -1));
        return bad.i < 0 ? [.. listed.Distinct(StringComparer.Ordinal)] : throw new InvalidInputException($"selection.listed[{bad.i}]", $"1 to {MaxTargetLength} visible ASCII characters");
    }

    /// <summary>1 to 256 visible ASCII characters.</summary>
    public static bool IsTarget(string? text) => text is { Length: >= 1 and <= MaxTargetLength } && text.All(c => c is > ' ' and < (char)127);

    // What is repaired is gone from the next comparison, so the rest of many comes by asking again.
    private async Task<IReadOnlyList<string>> DriftAsync(DriftClass drift, int most, CancellationToken cancel) =>
        [.. (await drifts.ReadAsync(Comparison, cancel, drift))[drift].Rows.Take(most).Select(row => row.Name)];

    private async Task<IReadOnlyList<string>> EntriesAsync(QueueState state, int most, CancellationToken cancel)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        for (var page = 1; found.Count < most; page++)
        {
            var entries = await queue.PageAsync(state, page, QueuePageSize, cancel);
            foreach (var entry in entries.Items) found.Add(entry.OrderNo);
            if (entries.Items.Count < QueuePageSize) break;
        }
        return [.. found];
    }
}
