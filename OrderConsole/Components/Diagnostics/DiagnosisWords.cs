using System.Globalization;
using Microsoft.Extensions.Localization;
using OrderConsole.Components.Shared;
using OrderConsole.Core.Diagnostics;

namespace OrderConsole.Components.Diagnostics;

/// <summary>What a report says, in the language of whoever reads it: on the page, in the API, in files and on the command line.</summary>
internal static class DiagnosisWords
{
    private static readonly string[] ByteUnits = ["B", "kB", "MB", "GB", "TB", "PB"];

    /// <summary>What was found, with its figures.</summary>
    public static string Sentence(this IStringLocalizer text, Finding finding) => text.Sentence(finding.Code, finding.Facts);

    public static string Sentence(this IStringLocalizer text, GoneFinding finding) => text.Sentence(finding.Code, finding.Facts);

    /// <summary>What to do about it.</summary>
    public static string Advice(this IStringLocalizer text, Finding finding) => text[$"Finding.{finding.Code}.Do"];

    public static string CheckName(this IStringLocalizer text, string check) => text[$"Check.{check}"];

    /// <summary>The whole report in one sentence.</summary>
    public static string Verdict(this IStringLocalizer text, DiagnosisReport report) => report.Severity switch
    {
        Severity.Good => text["Diagnosis.Verdict.Good", report.Checks.Count],
        Severity.Notice => text["Diagnosis.Verdict.Notice", report.Findings.Count],
        Severity.Warning => text["Diagnosis.Verdict.Warning", report.Count(Severity.Warning), text.Sentence(report.Findings[0])],
        _ => text["Diagnosis.Verdict.Critical", report.Count(Severity.Critical), report.Count(Severity.Warning), text.Sentence(report.Findings[0])],
    };

    public static string SeverityName(this IStringLocalizer text, Severity severity) => text[$"Tag.severity.{severity}"];

    public static string FactName(this IStringLocalizer text, Fact fact) => text[$"Fact.{fact.Name}"];

    /// <summary>With its unit; a dash for what is not known.</summary>
    public static string FactValue(this IStringLocalizer text, Fact fact) => (fact.Kind, fact.Number) switch
    {
        (FactKind.Text, _) => fact.Text ?? Figures.Unread,
        (_, null) => Figures.Unread,
        (FactKind.Count, { } number) => Figures.Count((long)number),
        // A clock may be behind.
        (FactKind.Milliseconds, { } number) => (number < 0 ? "−" : "") + text.Duration(TimeSpan.FromMilliseconds(Math.Abs(number))),
        (FactKind.Bytes, { } number) => Bytes(number),
        (FactKind.Percent, { } number) => number.ToString("0.#", CultureInfo.CurrentCulture) + " %",
        (FactKind.PerSecond, { } number) => text["Diagnosis.PerSecond", Figures.Rate(number)],
        (FactKind.Ratio, { } number) => Figures.Ratio(number),
        (_, { } number) => Figures.Exact(DateTimeOffset.FromUnixTimeMilliseconds((long)number)),
    };

    private static string Sentence(this IStringLocalizer text, string code, IReadOnlyList<Fact> facts)
    {
        object[] values = [.. facts.Select(text.FactValue)];
        return facts is [{ Kind: FactKind.Count, Number: 1 }, ..] && text[$"Finding.{code}.One", values] is { ResourceNotFound: false } one ? one : text[$"Finding.{code}", values];
    }

    private static string Bytes(double bytes)
    {
        var unit = 0;
        for (; bytes >= 1000 && unit < ByteUnits.Length - 1; unit++) bytes /= 1000;
        return bytes.ToString(bytes < 10 && unit > 0 ? "0.#" : "0", CultureInfo.CurrentCulture) + " " + ByteUnits[unit];
    }
}
