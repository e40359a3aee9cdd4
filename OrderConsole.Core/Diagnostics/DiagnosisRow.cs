namespace OrderConsole.Core.Diagnostics;

/// <summary>A report as it is kept: what lists and the chart need in columns, all of it as JSON.</summary>
public sealed class DiagnosisRow
{
    public long Id { get; init; }
    public DateTimeOffset At { get; init; }
    public DiagnosisTrigger Trigger { get; init; }
    public Severity Severity { get; init; }
    public int Score { get; init; }
    public int Critical { get; init; }
    public int Warnings { get; init; }
    public int Notices { get; init; }
    public double Milliseconds { get; init; }
    public string Report { get; init; } = "";
}
