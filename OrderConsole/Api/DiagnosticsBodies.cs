using Microsoft.Extensions.Localization;
using OrderConsole.Components.Diagnostics;
using OrderConsole.Core.Diagnostics;
using OrderConsole.Core.Operations;

namespace OrderConsole.Api;

/// <summary>All that one diagnosis found, the worst first.</summary>
/// <param name="Id">Null when it could not be kept: the database was away.</param>
/// <param name="Trigger">Page, Api, Job or Command.</param>
/// <param name="Node">The console that looked.</param>
/// <param name="Severity">Of the worst finding; Good when there is none.</param>
/// <param name="Score">100 less 30 for each critical finding, 10 for each warning and 2 for each notice; never below 0.</param>
/// <param name="Verdict">The whole report in one sentence.</param>
/// <param name="ComparedWith">The report before.</param>
/// <param name="Gone">Findings of the report before that are gone.</param>
public sealed record DiagnosisBody(
    long? Id, DateTimeOffset At, DiagnosisTrigger Trigger, string Node, Severity Severity, int Score, string Verdict, double Milliseconds,
    long? ComparedWith, IReadOnlyList<FindingBody> Findings, IReadOnlyList<GoneBody> Gone, IReadOnlyList<CheckBody> Checks)
{
    internal static DiagnosisBody Of(DiagnosisReport r, IStringLocalizer text) => new(
        r.Id, r.At, r.Trigger, r.Node, r.Severity, r.Score, text.Verdict(r), r.Milliseconds, r.ComparedWith,
        [.. r.Findings.Select(f => FindingBody.Of(f, text))],
        [.. r.Gone.Select(g => new GoneBody(g.Check, g.Code, g.Subject, g.Severity, text.Sentence(g)))],
        [.. r.Checks.Select(c => new CheckBody(c.Check, text.CheckName(c.Check), c.Severity, c.Milliseconds, FactBody.Of(c.Facts)))]);
}

/// <param name="Check">The check that found it.</param>
/// <param name="Code">What it is, as a stable word.</param>
/// <param name="Subject">What it is about, where one check can find the same of several things.</param>
/// <param name="Change">Against the report before: New, Worse, Better or Same.</param>
/// <param name="Sentence">What was found, in words.</param>
/// <param name="Advice">What to do about it.</param>
/// <param name="Facts">The evidence.</param>
/// <param name="Examples">Some of what is concerned: order numbers, payment ids, lines of log.</param>
/// <param name="Action">The operator action that mends it; null where a person has to do something else. Prepare it with POST /api/operations.</param>
/// <param name="Selection">What that action is to be done to.</param>
public sealed record FindingBody(
    string Check, string Code, string? Subject, Severity Severity, FindingChange Change, string Sentence, string Advice,
    IReadOnlyList<FactBody> Facts, IReadOnlyList<string> Examples, string? Action, TargetSelection? Selection)
{
    internal static FindingBody Of(Finding f, IStringLocalizer text) => new(
        f.Check, f.Code, f.Subject, f.Severity, f.Change, text.Sentence(f), text.Advice(f), FactBody.Of(f.Facts), f.Examples, f.Remedy?.Action, f.Remedy?.Targets);
}

/// <summary>A finding of the report before that is not there any more.</summary>
public sealed record GoneBody(string Check, string Code, string? Subject, Severity Severity, string Sentence);

/// <param name="Milliseconds">What the check cost.</param>
/// <param name="Facts">What it measured, whether that is good or not.</param>
public sealed record CheckBody(string Check, string Name, Severity Severity, double Milliseconds, IReadOnlyList<FactBody> Facts);

/// <param name="Number">By kind: a count, milliseconds, bytes, percent, a rate per second, a ratio, or Unix milliseconds; null for a text and for what is not known.</param>
public sealed record FactBody(string Name, FactKind Kind, double? Number, string? Text)
{
    internal static IReadOnlyList<FactBody> Of(IReadOnlyList<Fact> facts) => [.. facts.Select(f => new FactBody(f.Name, f.Kind, f.Number, f.Text))];
}

public sealed record DiagnosisPageBody(IReadOnlyList<DiagnosisSummaryBody> Items, int Page, int PageSize, int Total);

public sealed record DiagnosisSummaryBody(
    long Id, DateTimeOffset At, DiagnosisTrigger Trigger, Severity Severity, int Score, int Critical, int Warnings, int Notices, double Milliseconds)
{
    internal static DiagnosisSummaryBody Of(DiagnosisSummary s) => new(s.Id, s.At, s.Trigger, s.Severity, s.Score, s.Critical, s.Warnings, s.Notices, s.Milliseconds);
}

/// <summary>What a report is downloaded as.</summary>
public enum DiagnosisFormat
{
    Json,
    Markdown,
}
