using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Core.Orders;

namespace OrderConsole.Components.Orders;

/// <summary>The money that came for an order, what it did, and what was decided about money that paid nothing.</summary>
public sealed partial class PaymentsCard
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    [Parameter, EditorRequired] public IReadOnlyList<Payment> Payments { get; set; } = [];
    [Parameter, EditorRequired] public Order Order { get; set; } = default!;

    private string? Decision(Payment payment) => payment switch
    {
        { Outcome: PaymentOutcome.Paid } => null,
        { Decision: null } => Text["Order.Payment.Undecided"].Value,
        _ => Text[$"Order.Payment.{payment.Decision}", payment.DecidedBy ?? "", payment.DecisionReference ?? ""].Value,
    };
}
