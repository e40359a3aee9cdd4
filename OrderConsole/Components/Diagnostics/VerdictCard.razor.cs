using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Api;
using OrderConsole.Core.Diagnostics;

namespace OrderConsole.Components.Diagnostics;

/// <summary>The whole report in one sentence, its score and its cost, and the report as a file.</summary>
public sealed partial class VerdictCard
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    [Parameter, EditorRequired] public DiagnosisReport Report { get; set; } = default!;
    [Parameter, EditorRequired] public bool IsLatest { get; set; }

    private static string NameOf(DiagnosisFormat format) => format == DiagnosisFormat.Json ? "JSON" : format.ToString();
}
