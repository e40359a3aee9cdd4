using System.Globalization;
using System.Text;
using Microsoft.Extensions.Localization;
using OrderConsole.Components.Operations;
using OrderConsole.Components.Shared;
using OrderConsole.Core.Diagnostics;

namespace OrderConsole.Components.Diagnostics;

/// <summary>A report as Markdown, to be read, mailed or put beside an incident.</summary>
internal static class DiagnosisMarkdown
{
    public static string Of(DiagnosisReport report, IStringLocalizer text)
    {
        var page = new StringBuilder();
        void Line(string line = "") => page.Append(line).Append('\n');
        Line($"# {text["Diagnosis.File.Title", Figures.Exact(report.At)]}");
        Line();
        Line($"**{Plain(text.Verdict(report))}**");
        Line();
        Line($"{text["Diagnosis.Score", report.Score]} · {text["Diagnosis.Cost", text.Duration(TimeSpan.FromMilliseconds(report.Milliseconds)), report.Checks.Count]} · {Plain(report.Node)}");
        foreach (var finding in report.Findings)
        {
            Line();
            Line($"## {text.SeverityName(finding.Severity)}: {text.CheckName(finding.Check)}{(finding.Change is FindingChange.New or FindingChange.Worse ? $" ({text[$"Diagnosis.Change.{finding.Change}"]})" : "")}");
            Line();
            Line(Plain(text.Sentence(finding)));
            Line();
            Line($"**{text["Diagnosis.ToDo"]}** {Plain(text.Advice(finding))}");
            if (finding.Remedy is { } remedy) Line($"\n{text["Diagnosis.Action", text.Title(remedy.Action)]}");
            Line();
            foreach (var fact in finding.Facts) Line($"- {text.FactName(fact)}: {Plain(text.FactValue(fact))}");
            foreach (var example in finding.Examples) Line($"- {Code(example)}");
        }
        if (report.Gone.Count > 0)
        {
            Line();
            Line($"## {text["Diagnosis.Gone"]}");
            Line();
            foreach (var gone in report.Gone) Line($"- {text.CheckName(gone.Check)}: {Plain(text.Sentence(gone))}");
        }
        Line();
        Line($"## {text["Diagnosis.Checks"]}");
        Line();
        Line($"| {text["Diagnosis.Check"]} | {text["Diagnosis.Severity"]} | {text["Diagnosis.Took"]} | {text["Diagnosis.Seen"]} |");
        Line("| --- | --- | ---: | --- |");
        foreach (var check in report.Checks)
            Line($"| {text.CheckName(check.Check)} | {text.SeverityName(check.Severity)} | {check.Milliseconds.ToString("0.#", CultureInfo.CurrentCulture)} ms | {string.Join("; ", check.Facts.Select(f => $"{text.FactName(f)}: {Plain(text.FactValue(f))}"))} |");
        return page.ToString();
    }

    // What other programs wrote must stay text: no links, no tables, no HTML.
    private static string Plain(string text) => string.Concat(text.Select(c => c switch
    {
        '<' => "&lt;",
        '&' => "&amp;",
        '[' or ']' or '|' or '`' or '*' or '_' or '\\' => "\\" + c,
        _ when char.IsControl(c) => " ",
        _ => c.ToString(),
    }));

    private static string Code(string text) => $"`{string.Concat(Printable.Of(text, 200).Select(c => c == '`' ? '\'' : c))}`";
}
