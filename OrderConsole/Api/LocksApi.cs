using System.ComponentModel.DataAnnotations;
using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using OrderConsole.Access;
using OrderConsole.Components.Locks;
using OrderConsole.Core.Access;
using OrderConsole.Core.Locks;
using OrderConsole.Core.Operations;
using OrderConsole.Core.Orders;

namespace OrderConsole.Api;

/// <summary><c>/api/locks</c>: who holds what, taking a lock away, cleaning up, and what locks cost.</summary>
internal static class LocksApi
{
    public static void MapLocks(this IEndpointRouteBuilder api)
    {
        api.MapGet("/locks", PageAsync).WithName("listLocks").WithSummary("A page of the locks on orders that are held now, the most suspicious first; the 1,000 most suspicious can be read.")
            .WithQuery(ApiDocument.Paging("Locks")).WithProblems(ProblemCodes.Invalid);
        api.MapGet("/locks/numbers", NumbersAsync).WithName("getLockNumbers").WithSummary("What locks cost today (UTC): contention, near misses, refused late commits, and advice.");
        api.MapPost("/locks/{orderNo}/release", ReleaseAsync).Requires(Permissions.Unlock).WithName("releaseLock")
            .WithSummary("Take a lock from its holder: the order's version is raised, then the lock is deleted if it still has this token. A holder that wakes up late changes nothing.")
            .WithProblems(RefusalCodes.TokenChanged, RefusalCodes.NotLocked, RefusalCodes.UnlockedAlready, OperationRefusedException.ApprovalNeeded, OperationRefusedException.ReadOnly).WithBodyProblems();
        api.MapPost("/locks/cleanup", CleanUpAsync).Requires(Permissions.CleanUp).WithName("cleanUpLocks")
            .WithSummary("Remove locks that nobody works under: of dead consoles, without end, of final orders, too old. Never a live one.")
            .WithProblems(OperationRefusedException.ReadOnly).WithBodyProblems();
    }

    private static async Task<Ok<LockPageBody>> PageAsync(HttpRequest request, LockReader locks, CancellationToken cancel)
    {
        var query = new QueryReader(request.Query, "page", "pageSize");
        var (page, pageSize) = (query.Page, query.PageSize);
        var found = await locks.ReadAsync(new LockFilter(null, null), cancel);
        return TypedResults.Ok(new LockPageBody([.. found.Items.Skip((page - 1) * pageSize).Take(pageSize).Select(LockBody.Of)], page, pageSize, found.Seen, found.IsWhole));
    }

    private static async Task<Ok<LockNumbersBody>> NumbersAsync(LockNumbers numbers, TimeProvider time, CancellationToken cancel) =>
        TypedResults.Ok(LockNumbersBody.Of(await numbers.ReadAsync(time.GetUtcNow(), cancel)));

    private static async Task<Ok<ReleasedLockBody>> ReleaseAsync(string orderNo, ReleaseLockBody body, OneTarget gate, OrderQueries orders, CancellationToken cancel)
    {
        if (body.Token is null) throw new InvalidInputException("token", "the lock's token as it was listed; empty for one without");
        if (!TargetReader.IsTarget(orderNo)) throw new OperationRefusedException(RefusalCodes.NotLocked, "Nobody holds such a lock.");
        await gate.DoAsync(UnlockOrders.ActionName, orderNo, new OperationParameters { Token = body.Token }, body.Reason, cancel);
        var order = OrderNumber.IsValid(orderNo) ? await orders.RowAsync(orderNo, cancel) : null;
        return TypedResults.Ok(new ReleasedLockBody(orderNo, order?.Status, order?.Version));
    }

    private static async Task<Ok<CleanupBody>> CleanUpAsync(ReasonBody body, LockCleanup cleanup, OneTarget caller, CancellationToken cancel)
    {
        var done = await cleanup.RunAsync(null, OperationGate.CheckedReason(body.Reason), caller.Caller, cancel);
        return TypedResults.Ok(new CleanupBody(done.OperationId, done.Found, done.Removed, done.Left));
    }
}

/// <param name="Total">How many locks were looked at.</param>
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
/// <param name="Prefix">What its key begins with, where that is another service's; prefix and order number together are its name.</param>
/// <param name="Status">The order's; null when no order has this number.</param>
/// <param name="Fence">The version of the order's row.</param>
/// <param name="Waiters">How many wait for it.</param>
/// <param name="Verdict">Green: safe to remove; Amber: look first; Red: somebody works under it.</param>
/// <param name="Reasons">Why, as stable words.</param>
/// <param name="CanBeCleaned">The clean-up removes it.</param>
public sealed record LockBody(
    string OrderNo, string? Owner, string? Token, DateTimeOffset? AcquiredAt, TimeSpan? TimeLeft, int Renewals, bool Leaked, bool Foreign,
    string? Prefix, OrderStatus? Status, long? Fence, int Waiters, LockColor Verdict, IReadOnlyList<LockReason> Reasons, bool CanBeCleaned)
{
    internal static LockBody Of(ListedLock one)
    {
        var l = one.Lock;
        return new(l.OrderNo, l.Owner, l.Token, l.AcquiredAt, l.TimeLeft, l.Renewals, l.IsLeaked, l.IsForeign,
            l.Prefix, one.Order?.Status, one.Order?.Version, one.Waiters, one.Verdict.Color, one.Verdict.Reasons, one.Verdict.CanBeCleaned);
    }
}

public sealed record ReleaseLockBody
{
    [Description("The lock's token as it was listed; empty for one that has none.")]
    [Required(AllowEmptyStrings = true), StringLength(UnlockOrders.MaxTokenLength)]
    public string? Token { get; init; }

    [Description("Why, for whoever reads the receipt later.")]
    [Required, StringLength(OperationGate.MaxReasonLength, MinimumLength = 1)]
    public string? Reason { get; init; }
}

/// <param name="Version">The version of the order's row now; null when no order has this number.</param>
public sealed record ReleasedLockBody(string OrderNo, OrderStatus? Status, long? Version);

/// <param name="Operation">Its receipt; null when there was nothing to remove.</param>
/// <param name="Left">Locks that were found to be alive, changed or free by the time of the removal.</param>
public sealed record CleanupBody(long? Operation, int Found, int Removed, int Left);

/// <param name="Day">Its beginning, in UTC.</param>
/// <param name="WastedPerCancelled">Lost attempts for each cancelled order.</param>
/// <param name="NearMissShare">Of commits under a lock, the share with less than a fifth of the lease left.</param>
/// <param name="Advice">What to do, as a stable word.</param>
public sealed record LockNumbersBody(
    DateTimeOffset Day, LockCounts Total, double? WastedPerCancelled, double? NearMissShare, LockAdvice Advice,
    IReadOnlyList<NodeLocksBody> Nodes, IReadOnlyList<HotLockBody> Hottest, IReadOnlyList<NearMissBody> NearMisses)
{
    internal static LockNumbersBody Of(LockReport r) => new(r.Day, r.Total, r.WastedPerCancelled, r.NearMissShare, r.Advice,
        [.. r.Nodes.Select(n => new NodeLocksBody(n.Node, n.Counts))], [.. r.Hottest.Select(h => new HotLockBody(h.OrderNo, h.Lost, h.At))],
        [.. r.NearMisses.Select(m => new NearMissBody(m.OrderNo, m.Node, TimeSpan.FromMilliseconds(m.Left), m.Share, m.At))]);
}

public sealed record NodeLocksBody(string Node, LockCounts Counts);

public sealed record HotLockBody(string OrderNo, long Lost, DateTimeOffset At);

/// <param name="Left">What was left of the lease just after the commit; negative when it had ended.</param>
/// <param name="Share">The same as a share of the lease.</param>
public sealed record NearMissBody(string OrderNo, string Node, TimeSpan Left, double Share, DateTimeOffset At);
