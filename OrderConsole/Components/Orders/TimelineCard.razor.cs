using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Components.Operations;
using OrderConsole.Components.Timeouts;

namespace OrderConsole.Components.Orders;

/// <summary>An order's timeline, from top to bottom.</summary>
public sealed partial class TimelineCard
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    [Parameter, EditorRequired] public IReadOnlyList<TimelineLine> Lines { get; set; } = [];

    private string About(TimelineLine line) => line.By is { } by
        ? Text["Order.Step.extended.By", Text.Span(by)]
        : Text[$"Order.Step.{line.Word}.About"];

    private string Facts(TimelineLine line) => string.Join(" · ", new[]
    {
        line.Node,
        line.Attempt is { } attempt ? Text["Order.Attempt", attempt].Value : null,
        line.Detail,
        Text.Reason(line.Reason),
    }.OfType<string>());
}
