using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Components.Shared;
using OrderConsole.Core.Locks;

namespace OrderConsole.Components.Locks;

/// <summary>What became of holders whose locks were taken away: who came back late, and that it changed nothing.</summary>
public sealed partial class LateHolders
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    [Parameter, EditorRequired] public IReadOnlyList<ForceUnlockRow> Rows { get; set; } = [];
    /// <summary>Where rows of several orders stand together.</summary>
    [Parameter] public bool ShowOrders { get; set; }

    private string Words(ForceUnlockRow row) => row switch
    {
        { LateAt: { } at, Late: LateHolder.CommitRefused } => Text["LockPage.Late.CommitRefused", Figures.Exact(at), row.LateNode ?? ""],
        { LateAt: { } at } => Text["LockPage.Late.GaveUp", Figures.Exact(at), row.LateNode ?? ""],
        _ => Text["LockPage.Late.NotYet", Figures.Exact(row.At), row.By, row.Reason],
    };
}
