using System.Globalization;
using System.Text.Json;
using OrderConsole.Core.Locks;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Queue;

namespace OrderConsole.Components.Orders;

public enum TimelineState { Done, Now, Ahead }

/// <summary>One line of an order's timeline.</summary>
/// <param name="Word">One of the eight words of a timeout's way, or what else happened: paid, extended, paymentRecorded, reinstated, refunded.</param>
/// <param name="At">When; for a step ahead when it is expected; null when nobody recorded that.</param>
/// <param name="After">How long after the line before it; null for the first and where a time is missing.</param>
/// <param name="Attempt">Which try, from 1.</param>
/// <param name="By">By how much a deadline was moved.</param>
/// <param name="Detail">Why or what exactly, as somebody wrote it.</param>
/// <param name="Reason">Why it was put back, as a stable word.</param>
public sealed record TimelineLine(
    string Word, TimelineState State, DateTimeOffset? At = null, TimeSpan? After = null, string? Node = null, int? Attempt = null, TimeSpan? By = null, string? Detail = null, string? Reason = null);

/// <summary>What happened to an order and, while it is pending, what lies ahead, in the words that log and metrics use.</summary>
public static class OrderTimeline
{
    public static IReadOnlyList<TimelineLine> Of(OrderDetails details, QueueEntry? entry, LockInfo? held, DateTimeOffset now)
    {
        var lines = new List<TimelineLine>();
        foreach (var e in details.Events.OrderBy(e => e.Version)) lines.AddRange(Lines(e, e == details.Events[^1], entry, held));
        if (details.Order.Status == OrderStatus.Pending) lines.AddRange(Ahead(details.Order, entry, held, now));
        return WithSpans(lines);
    }

    private static IEnumerable<TimelineLine> Lines(OrderEvent e, bool isLast, QueueEntry? entry, LockInfo? held)
    {
        var line = new TimelineLine(WordOf(e.Kind), TimelineState.Done, e.At, Node: e.Node, Detail: e.Detail);
        if (e.Kind == OrderEventKind.Extended && TimeSpan.TryParseExact(e.Detail, "c", CultureInfo.InvariantCulture, out var by)) return [line with { By = by, Detail = null }];
        if (e.Kind != OrderEventKind.Cancelled || Way.Read(e.Detail) is not { } way) return [line];
        var isReleased = !isLast || held is null && entry is null or { State: QueueState.Dead };
        return
        [
            new("due", TimelineState.Done, way.Due),
            new("claimed", TimelineState.Done, way.Claimed, Node: e.Node, Attempt: way.Attempt),
            new("checked", TimelineState.Done, way.Checked, Node: e.Node),
            new("locked", TimelineState.Done, way.Locked, Node: e.Node),
            line with { Attempt = way.Attempt, Detail = null },
            new("released", isReleased ? TimelineState.Done : TimelineState.Now, Node: e.Node),
            new("shown", TimelineState.Done),
        ];
    }

    private static IEnumerable<TimelineLine> Ahead(Order order, QueueEntry? entry, LockInfo? held, DateTimeOffset now)
    {
        var isDue = order.ExpiresAt <= now;
        var isClaimed = entry?.State == QueueState.Claimed;
        var tries = entry is null ? 0 : entry.Failed + entry.Crashed;
        return
        [
            new("due", isDue ? TimelineState.Done : TimelineState.Ahead, order.ExpiresAt),
            new("claimed", isClaimed ? TimelineState.Now : TimelineState.Ahead, entry?.State == QueueState.Retrying ? entry.DueAt : null,
                Node: entry?.Owner, Attempt: isClaimed || tries > 0 ? tries + 1 : null, Reason: entry?.Reason),
            new("checked", TimelineState.Ahead),
            new("locked", held is null ? TimelineState.Ahead : TimelineState.Now, held?.AcquiredAt, Node: held?.Owner),
            new("cancelled", TimelineState.Ahead),
            new("released", TimelineState.Ahead),
            new("shown", TimelineState.Ahead),
        ];
    }

    private static List<TimelineLine> WithSpans(List<TimelineLine> lines)
    {
        DateTimeOffset? before = null;
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i] is not { State: not TimelineState.Ahead, At: { } at }) continue;
            // Two machines' clocks may differ by a little.
            if (before is { } previous) lines[i] = lines[i] with { After = at > previous ? at - previous : TimeSpan.Zero };
            before = at;
        }
        return lines;
    }

    private static string WordOf(OrderEventKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());

    /// <summary>What <see cref="Core.Timeouts.TimelineDetail"/> wrote.</summary>
    private sealed record Way(DateTimeOffset Due, DateTimeOffset Claimed, DateTimeOffset Checked, DateTimeOffset Locked, int Attempt)
    {
        public static Way? Read(string? detail)
        {
            if (detail is not ['{', ..]) return null;
            try
            {
                using var json = JsonDocument.Parse(detail);
                var way = json.RootElement;
                return new(Moment(way, "due"), Moment(way, "claimed"), Moment(way, "checked"), Moment(way, "locked"), way.GetProperty("attempt").GetInt32());
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentOutOfRangeException)
            {
                // A person's reason may begin with a brace as well.
                return null;
            }
        }

        private static DateTimeOffset Moment(JsonElement way, string name) => DateTimeOffset.FromUnixTimeMilliseconds(way.GetProperty(name).GetInt64());
    }
}
