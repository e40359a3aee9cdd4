namespace OrderConsole.Core.Diagnostics;

/// <summary>What a fact's value is, so that each language can write it as its people do.</summary>
public enum FactKind { Count, Milliseconds, Bytes, Percent, PerSecond, Ratio, Text, Moment }

/// <summary>One piece of evidence: a figure with its unit, or a text.</summary>
/// <param name="Name">A stable word: <c>oldest_overdue</c>.</param>
/// <param name="Number">Null for a text, and for a figure that is not known; a moment in Unix milliseconds.</param>
public sealed record Fact(string Name, FactKind Kind, double? Number, string? Text = null)
{
    public static Fact Count(string name, long? count) => new(name, FactKind.Count, count);
    public static Fact Span(string name, TimeSpan? span) => new(name, FactKind.Milliseconds, span is { } known ? Math.Round(known.TotalMilliseconds, 1) : null);
    public static Fact Bytes(string name, long? bytes) => new(name, FactKind.Bytes, bytes);
    /// <param name="share">1 is the whole.</param>
    public static Fact Percent(string name, double? share) => new(name, FactKind.Percent, share is { } known ? Math.Round(known * 100, 1) : null);
    public static Fact PerSecond(string name, double? rate) => new(name, FactKind.PerSecond, rate);
    public static Fact Ratio(string name, double? ratio) => new(name, FactKind.Ratio, ratio is { } known ? Math.Round(known, 3) : null);
    public static Fact Words(string name, string? text) => new(name, FactKind.Text, null, text);
    public static Fact Moment(string name, DateTimeOffset? at) => new(name, FactKind.Moment, at?.ToUnixTimeMilliseconds());
}
