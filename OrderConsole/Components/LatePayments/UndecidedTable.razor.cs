using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Components.Shared;
using OrderConsole.Core.Orders;

namespace OrderConsole.Components.LatePayments;

/// <summary>Payments that wait for a decision, one a row, each with what can be decided about it.</summary>
public sealed partial class UndecidedTable
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    [Parameter, EditorRequired] public IReadOnlyList<LatePayment> Payments { get; set; } = [];
    [Parameter, EditorRequired] public RowSelection Selection { get; set; } = default!;
    /// <summary>A row was ticked.</summary>
    [Parameter] public EventCallback OnTick { get; set; }
    /// <summary>A decision came to its end.</summary>
    [Parameter] public EventCallback OnDone { get; set; }

    private IReadOnlyList<string> Ids => [.. Payments.Select(payment => payment.PaymentId)];

    private Task TickAsync(string paymentId, ChangeEventArgs change)
    {
        Selection.Tick(paymentId, change.Value is true);
        return OnTick.InvokeAsync();
    }

    private Task TickPageAsync(ChangeEventArgs change)
    {
        Selection.TickAll(Ids, change.Value is true);
        return OnTick.InvokeAsync();
    }
}
