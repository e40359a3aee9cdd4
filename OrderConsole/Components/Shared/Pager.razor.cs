using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace OrderConsole.Components.Shared;

/// <summary>The pages of a list as links, so that the address holds the page (<c>page</c> and <c>size</c> of <see cref="PageQuery"/>).</summary>
public sealed partial class Pager
{
    private readonly string _id = "sizes-" + Guid.NewGuid().ToString("N")[..8];

    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    [Parameter, EditorRequired] public PageQuery Query { get; set; } = default!;
    /// <summary>From 1.</summary>
    [Parameter, EditorRequired] public int Page { get; set; } = 1;
    [Parameter, EditorRequired] public int PageSize { get; set; } = 50;
    [Parameter, EditorRequired] public long Total { get; set; }
    /// <summary>False: there are more than <see cref="Total"/>, nobody counted how many.</summary>
    [Parameter] public bool TotalIsExact { get; set; } = true;
    /// <summary>Of <c>Unit.{Unit}</c> in the texts.</summary>
    [Parameter] public string Unit { get; set; } = "Entries";

    private int Pages => (int)Math.Max(1, (Total + PageSize - 1) / PageSize);
    private bool HasNext => !TotalIsExact || Page < Pages;

    private string TotalWords => TotalIsExact
        ? Text["Pager.Total", Figures.Count(Total), Text.Unit(Total, Unit)]
        : Text["Pager.MoreThan", Figures.Count(Total), Text.Unit(Total, Unit)];

    private RenderFragment Step(int page, bool possible, string symbol, string name) => builder =>
    {
        builder.OpenElement(0, "a");
        // Without an address it is no link for the keyboard, yet keeps its place.
        if (possible) builder.AddAttribute(1, "href", Query.With("page", page == 1 ? null : page));
        else builder.AddAttribute(1, "aria-disabled", "true");
        builder.AddAttribute(2, "role", "link");
        builder.AddAttribute(3, "aria-label", name);
        builder.AddAttribute(4, "title", name);
        builder.AddMarkupContent(5, $"<span class=\"symbol\" aria-hidden=\"true\">{symbol}</span>");
        builder.CloseElement();
    };
}
