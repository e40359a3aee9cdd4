using Microsoft.AspNetCore.Http.HttpResults;
using OrderConsole.Core.Locks;

namespace OrderConsole.Api;

/// <summary><c>/api/locks/waits</c>: who waits for whose lock, and the circles that were found.</summary>
internal static class LockWaitsApi
{
    private const int MostWaiters = 1_000, MostCircles = 100;
    private static readonly TimeSpan Lately = TimeSpan.FromDays(1);

    public static void MapLockWaits(this IEndpointRouteBuilder api) =>
        api.MapGet("/locks/waits", WaitsAsync).WithName("listLockWaits").WithSummary("Who waits for whose lock, circles of waiters that nobody has given way in yet, and those of the last day.");

    private static async Task<Ok<LockWaitsBody>> WaitsAsync(LockWaits waits, LockCycles cycles, TimeProvider time, CancellationToken cancel) => TypedResults.Ok(new LockWaitsBody(
        [.. (await waits.WaitingAsync(MostWaiters, cancel)).Select(w => new WaiterBody(w.Owner, w.OrderNo, w.Since))],
        [.. (await waits.CyclesAsync(cancel)).Select(MembersOf)],
        [.. (await cycles.SinceAsync(time.GetUtcNow() - Lately, MostCircles, cancel)).Select(c => new LockCircleBody(c.At, c.Members[0].Owner, MembersOf(c.Members)))]));

    private static CircleMemberBody[] MembersOf(IReadOnlyList<WaitCycleMember> circle) => [.. circle.Select(m => new CircleMemberBody(m.Owner, m.Since, m.Holds, m.WaitsFor))];
}

/// <param name="Waiters">Longest first, at most 1,000.</param>
/// <param name="Open">Circles at this moment; the first member of each is the youngest, which is told to give way.</param>
/// <param name="Circles">Circles that ended within the last day, latest first, at most 100.</param>
public sealed record LockWaitsBody(IReadOnlyList<WaiterBody> Waiters, IReadOnlyList<IReadOnlyList<CircleMemberBody>> Open, IReadOnlyList<LockCircleBody> Circles);

/// <param name="OrderNo">The order whose lock it waits for.</param>
public sealed record WaiterBody(string Owner, string OrderNo, DateTimeOffset Since);

/// <param name="At">When it was found.</param>
/// <param name="GaveWay">The youngest member, which was told to give way.</param>
public sealed record LockCircleBody(DateTimeOffset At, string GaveWay, IReadOnlyList<CircleMemberBody> Members);

/// <param name="Since">When it began to wait.</param>
/// <param name="Holds">The order whose lock it holds and the member before it waits for.</param>
/// <param name="WaitsFor">The order whose lock the next member holds.</param>
public sealed record CircleMemberBody(string Owner, DateTimeOffset Since, string Holds, string WaitsFor);
