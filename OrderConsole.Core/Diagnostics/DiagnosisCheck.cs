namespace OrderConsole.Core.Diagnostics;

/// <summary>
/// One thing that is looked at; one file a check. It changes nothing, asks in bounded pages, and ends when it is told to.
/// What it throws, and a look that takes longer than <see cref="DiagnosisOptions.CheckTimeout"/>, becomes a finding of its own: could not look.
/// </summary>
public abstract class DiagnosisCheck
{
    /// <summary>The name in reports, in the API and as the key of its title: <c>clock_skew</c>.</summary>
    public abstract string Name { get; }

    /// <summary>False where the settings leave nothing to look at: no Redis, for example.</summary>
    public virtual bool Applies => true;

    public abstract Task<CheckResult> LookAsync(DiagnosisLook look, CancellationToken cancel);

    protected Finding Found(string code, Severity severity, params IReadOnlyList<Fact> facts) => new(Name, code, severity, facts);
}

/// <summary>What a check saw.</summary>
/// <param name="Facts">What it measured, whether that is good or not.</param>
/// <param name="Findings">What is not as it should be; none when all is well.</param>
public sealed record CheckResult(IReadOnlyList<Fact> Facts, params IReadOnlyList<Finding> Findings)
{
    /// <summary>It did not see everything: what it did not find may still be there, and what it counted is a lower bound.</summary>
    public bool IsPartial { get; init; }
}
