using OrderConsole.Core.Operations;

namespace OrderConsole.Core.Diagnostics;

/// <summary>Against the report before. A finding that is gone stands in <see cref="DiagnosisReport.Gone"/>.</summary>
public enum FindingChange { Same, New, Worse, Better }

/// <summary>One thing that is not as it should be.</summary>
/// <param name="Check">The check that found it: the name of a <see cref="DiagnosisCheck"/>.</param>
/// <param name="Code">What it is, as a stable word; each has its sentence and its advice in every language.</param>
/// <param name="Facts">The evidence; the sentence is made of it, in this order.</param>
public sealed record Finding(string Check, string Code, Severity Severity, IReadOnlyList<Fact> Facts)
{
    /// <summary>What it is about, where one check can find the same of several things; null otherwise.</summary>
    public string? Subject { get; init; }

    /// <summary>How much of it there is; more is worse. Null where only the severity tells.</summary>
    public double? Amount { get; init; }

    /// <summary>Some of what is concerned, at most <see cref="MostExamples"/>: order numbers, payment ids, lines of log.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];

    /// <summary>Whether <see cref="Examples"/> are order numbers.</summary>
    public bool AreOrders { get; init; }

    /// <summary>The operator action that mends it, where that is safe; null where a person has to do something else.</summary>
    public Remedy? Remedy { get; init; }

    public FindingChange Change { get; init; } = FindingChange.New;

    public const int MostExamples = 20;

    /// <summary>The same in two reports is the same trouble.</summary>
    public string Key => $"{Check}/{Code}/{Subject}";
}

/// <summary>An operator action and its targets, as the gate takes them.</summary>
/// <param name="Action">The name of an <see cref="OperatorAction"/>.</param>
public sealed record Remedy(string Action, TargetSelection Targets);
