using Microsoft.AspNetCore.Components;
using OrderConsole.Components.Shared;
using OrderConsole.Core.Operations;
using OrderConsole.Core.Orders;
using Payments = OrderConsole.Core.Orders.LatePayments;

namespace OrderConsole.Components.LatePayments;

/// <summary>Money that paid nothing: what waits for a person's decision, and what was decided.</summary>
public sealed partial class LatePaymentsPage
{
    /// <summary>A page of the list and when it was read.</summary>
    private sealed record PaymentList(LatePaymentPage Page, DateTimeOffset At);

    [Inject] private Payments Queries { get; set; } = default!;
    [Inject] private TimeProvider Time { get; set; } = default!;

    private Load<PaymentList> List { get; set; } = default!;
    private bool IsDecided { get; set; }
    private RowSelection Selection { get; } = new();

    private TargetSelection Selected => Selection.IsEverything ? TargetSelection.All(PaymentSelection.Undecided) : TargetSelection.Of(Selection.Ticked);

    private string SelectionWords => Selection.IsEverything ? Text["Payments.SelectedAll"] : Text["Payments.Selected", Figures.Count(Selection.Ticked.Count)];

    private IReadOnlyList<Tab> TabsNow =>
    [
        new(Text["Payments.Undecided"], "/late-payments", !IsDecided, Snapshot.UndecidedPayments),
        new(Text["Payments.Decided"], "/late-payments?tab=decided", IsDecided, HasCount: false),
    ];

    protected override void OnInitialized()
    {
        base.OnInitialized();
        List = NewLoad<PaymentList>();
    }

    protected override Task OnQueryAsync()
    {
        IsDecided = Query.OneOf("tab", "undecided", "decided") == "decided";
        return ReadAsync();
    }

    private Task ReadAsync()
    {
        var (decided, page, size) = (IsDecided, Query.Page(), Query.Size());
        return List.RunAsync(async cancel => new PaymentList(await Queries.PageAsync(decided, page, size, cancel), Time.GetUtcNow()));
    }

    private Task DoneAsync()
    {
        Selection.Clear();
        return ReadAsync();
    }

    /// <summary>How many came since the list was read; null when none did. Figures may be older than the list by a moment.</summary>
    private string? SinceWords(PaymentList list) => !IsDecided && Snapshot.At > list.At + TimeSpan.FromSeconds(2) && Snapshot.UndecidedPayments - list.Page.Total is > 0 and var more
        ? Text["Payments.Newer", Figures.Count(more)].Value
        : null;
}
