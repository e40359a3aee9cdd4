using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Core.Orders;

namespace OrderConsole.Components.LatePayments;

/// <summary>What was decided about late and duplicate payments: by whom, when, and the refund's reference.</summary>
public sealed partial class DecidedTable
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    [Parameter, EditorRequired] public IReadOnlyList<LatePayment> Payments { get; set; } = [];
}
