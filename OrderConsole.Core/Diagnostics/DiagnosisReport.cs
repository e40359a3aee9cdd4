using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrderConsole.Core.Diagnostics;

/// <summary>Who asked for a diagnosis. The numbers are stored.</summary>
public enum DiagnosisTrigger { Page = 0, Api = 1, Job = 2, Command = 3 }

/// <summary>What a check cost and measured.</summary>
/// <param name="Severity">Of its worst finding.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="IsPartial">It did not see everything, or nothing: what it did not find may still be there.</param>
public sealed record CheckRun(string Check, Severity Severity, double Milliseconds, IReadOnlyList<Fact> Facts, bool IsPartial = false);

/// <summary>A finding of the report before that is not there any more.</summary>
public sealed record GoneFinding(string Check, string Code, string? Subject, Severity Severity, IReadOnlyList<Fact> Facts);

/// <summary>All that one run found, the worst first.</summary>
public sealed record DiagnosisReport
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Null when it could not be kept: the database was away.</summary>
    public long? Id { get; init; }
    public required DateTimeOffset At { get; init; }
    public required DiagnosisTrigger Trigger { get; init; }
    /// <summary>The console that looked.</summary>
    public required string Node { get; init; }
    /// <summary>100 when nothing was found; see <see cref="ScoreOf"/>.</summary>
    public required int Score { get; init; }
    public required double Milliseconds { get; init; }
    public required IReadOnlyList<Finding> Findings { get; init; }
    /// <summary>Findings of the report before that are gone.</summary>
    public required IReadOnlyList<GoneFinding> Gone { get; init; }
    public required IReadOnlyList<CheckRun> Checks { get; init; }
    /// <summary>The report it was compared with, or null when there was none.</summary>
    public long? ComparedWith { get; init; }
    public DateTimeOffset? ComparedWithAt { get; init; }

    public Severity Severity => Findings.Count == 0 ? Severity.Good : Findings.Max(f => f.Severity);

    public int Count(Severity severity) => Findings.Count(f => f.Severity == severity);

    /// <summary>100, less 30 for each critical finding, 10 for each warning and 2 for each notice; never below 0.</summary>
    public static int ScoreOf(IReadOnlyCollection<Finding> findings) => Math.Max(0, 100 - findings.Sum(f => f.Severity switch
    {
        Severity.Critical => 30,
        Severity.Warning => 10,
        Severity.Notice => 2,
        _ => 0,
    }));

    internal string ToJson() => JsonSerializer.Serialize(this, Json);

    internal static DiagnosisReport Parse(string json) => JsonSerializer.Deserialize<DiagnosisReport>(json, Json)!;
}

/// <summary>A report in a list.</summary>
public sealed record DiagnosisSummary(long Id, DateTimeOffset At, DiagnosisTrigger Trigger, Severity Severity, int Score, int Critical, int Warnings, int Notices, double Milliseconds);

public sealed record DiagnosisList(IReadOnlyList<DiagnosisSummary> Items, int Page, int PageSize, int Total);
