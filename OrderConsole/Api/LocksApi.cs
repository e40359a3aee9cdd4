using Microsoft.AspNetCore.Http.HttpResults;
using OrderConsole.Core.Locks;

namespace OrderConsole.Api;

/// <summary><c>/api/locks</c>: who holds what.</summary>
internal static class LocksApi
{
    /// <summary>Looking at locks costs their store time; nobody reads more than these.</summary>
    private const int MostLocks = 10_000;
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(2);

    public static void MapLocks(this IEndpointRouteBuilder api) =>
        api.MapGet("/locks", PageAsync).WithName("listLocks").WithSummary("A page of the locks on orders that are held now, ours first.")
            .WithQuery(ApiDocument.Paging("Locks")).WithProblems(ProblemCodes.Invalid);

    private static async Task<Ok<LockPageBody>> PageAsync(HttpRequest request, ILockInspector locks, TimeProvider time, CancellationToken cancel)
    {
        var query = new QueryReader(request.Query, "page", "pageSize");
        var (page, pageSize) = (query.Page, query.PageSize);
        var (found, isWhole) = await WalkAsync(locks, time, cancel);
        return TypedResults.Ok(new LockPageBody([.. found.Skip((page - 1) * pageSize).Take(pageSize).Select(LockBody.Of)], page, pageSize, found.Count, isWhole));
    }

    private static async Task<(IReadOnlyCollection<LockInfo> Found, bool IsWhole)> WalkAsync(ILockInspector locks, TimeProvider time, CancellationToken cancel)
    {
        var (startedAt, found, met) = (time.GetTimestamp(), new List<LockInfo>(), new HashSet<string>(StringComparer.Ordinal));
        await foreach (var page in locks.WalkAsync(cancel))
        {
            found.AddRange(page.Where(l => met.Add(l.OrderNo)));
            if (found.Count >= MostLocks || time.GetElapsedTime(startedAt) > Budget) return (found, false);
        }
        return (found, true);
    }
}

/// <param name="TotalIsExact">False when looking stopped early; <paramref name="Total"/> is then a lower bound.</param>
public sealed record LockPageBody(IReadOnlyList<LockBody> Items, int Page, int PageSize, long Total, bool TotalIsExact);

/// <summary>A lock on an order.</summary>
/// <param name="Owner">The console that holds it; null when another program does.</param>
/// <param name="Token">What identifies this holding.</param>
/// <param name="AcquiredAt">When it was taken; null when nobody recorded that.</param>
/// <param name="TimeLeft">Until it ends by itself; null when it never does.</param>
/// <param name="Renewals">How often it was prolonged.</param>
/// <param name="Leaked">It never ends by itself.</param>
/// <param name="Foreign">Another program holds it.</param>
public sealed record LockBody(string OrderNo, string? Owner, string? Token, DateTimeOffset? AcquiredAt, TimeSpan? TimeLeft, int Renewals, bool Leaked, bool Foreign)
{
    internal static LockBody Of(LockInfo l) => new(l.OrderNo, l.Owner, l.Token, l.AcquiredAt, l.TimeLeft, l.Renewals, l.IsLeaked, l.IsForeign);
}
