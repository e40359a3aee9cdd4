using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Components.Shared;
using OrderConsole.Core.Diagnostics;

namespace OrderConsole.Components.Diagnostics;

/// <summary>Everything that was looked at, also what was good, with its figures and its cost.</summary>
public sealed partial class CheckTable
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    [Parameter, EditorRequired] public DiagnosisReport Report { get; set; } = default!;

    private string SeenOf(CheckRun check) => check.Facts.Count == 0 ? Figures.Unread : string.Join(" · ", check.Facts.Select(f => $"{Text.FactName(f)}: {Printable.Of(Text.FactValue(f), 120)}"));

    private string Took(CheckRun check) => Text.Duration(TimeSpan.FromMilliseconds(Math.Round(check.Milliseconds)));
}
