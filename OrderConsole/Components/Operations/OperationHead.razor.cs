using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Components.Shared;
using OrderConsole.Core.Operations;
using OrderConsole.Core.Orders;

namespace OrderConsole.Components.Operations;

/// <summary>Who asked for an operation, when, with what, and how its list came about.</summary>
public sealed partial class OperationHead
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    [Parameter, EditorRequired] public Operation Operation { get; set; } = default!;

    private string? Parameters => OperationFacts.ParametersOf(Operation) switch
    {
        { By: { } by } => Text.Span(by),
        { Reference: { } reference } => reference,
        { Cron: { } cron } => cron,
        { Whole: true } => Text["Jobs.RunWhole"],
        _ => null,
    };

    private string Selection => OperationFacts.SelectionOf(Operation) switch
    {
        { Listed: { } listed } => Text["Operation.Selection.Listed", Figures.Count(listed.Count)],
        { Orders: { } filter } => Text["Operation.Selection.Orders", Words(filter)],
        { Queue: { } state } => Text["Operation.Selection.Queue", Text[$"Tag.queue.{state.ToString().ToLowerInvariant()}"]],
        { Locks: LockSelection.Removable } => Text["Operation.Selection.Locks"],
        { Drift: { } drift } => Text["Operation.Selection.Drift", Text[$"Drift.{drift}"]],
        _ => Figures.Unread,
    };

    private string Words(OrderFilter filter) => string.Join(", ", new[]
    {
        filter.Status is { } status ? Text[$"Tag.order.{status}"].Value : null,
        filter.Overdue is true ? Text["Orders.Overdue.Yes"].Value : filter.Overdue is false ? Text["Orders.Overdue.No"].Value : null,
        filter.Search is { Length: > 0 } search ? $"{Text["Orders.Search"]}: {search}" : null,
        Range("Orders.Created", filter.CreatedFrom, filter.CreatedTo),
        Range("Orders.Deadline", filter.DeadlineFrom, filter.DeadlineTo),
        filter.TotalFrom is null && filter.TotalTo is null ? null : $"{Text["Orders.Amount"]}: {Figures.Money(filter.TotalFrom)} … {Figures.Money(filter.TotalTo)}",
        filter.CancelReason is { } reason ? $"{Text["Orders.Reason"]}: {reason}" : null,
    }.OfType<string>().DefaultIfEmpty(Text["Orders.View.All"]));

    private string? Range(string name, DateTimeOffset? from, DateTimeOffset? to) => from is null && to is null ? null
        : $"{Text[name]}: {(from is { } f ? Figures.Exact(f) : Figures.Unread)} … {(to is { } t ? Figures.Exact(t) : Figures.Unread)}";
}
