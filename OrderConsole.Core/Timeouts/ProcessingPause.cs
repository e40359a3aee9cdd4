namespace OrderConsole.Core.Timeouts;

/// <summary>The one row that, while it is there, tells every console not to claim anything.</summary>
public sealed class ProcessingPause
{
    public const int OnlyId = 1;

    public int Id { get; init; } = OnlyId;
    public DateTimeOffset At { get; init; }
    public string By { get; init; } = "";
    public string Reason { get; init; } = "";
}
