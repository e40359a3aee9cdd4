using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using OrderConsole.Access;
using OrderConsole.Core.Access;
using OrderConsole.Core.Operations;
using OrderConsole.Core.Queue;

namespace OrderConsole.Api;

/// <summary><c>/api/queue</c>: the timeouts by state, and putting one back.</summary>
internal static class QueueApi
{
    public static void MapQueue(this IEndpointRouteBuilder api)
    {
        api.MapGet("/queue", PageAsync).WithName("listQueue").WithSummary("A page of entries in a state: the one due longest first, of dead letters the latest first.")
            .WithQuery([ApiDocument.Words<QueueState>("state", "Without it Due."), .. ApiDocument.Paging("Entries")]).WithProblems(ProblemCodes.Invalid);
        api.MapGet("/queue/{no}", FindAsync).WithName("getQueueEntry").WithSummary("The entry of one order.").WithProblems(ProblemCodes.NotInQueue);
        api.MapPost("/queue/{no}/requeue", RequeueAsync).Requires(Permissions.Requeue).WithName("requeueTimeout")
            .WithSummary("Make a dead letter or an entry that waits for its next try due now, or schedule an order that the queue has lost. The body may be left out.")
            .WithProblems(RefusalCodes.UnknownOrder, RefusalCodes.InQueueAlready, RefusalCodes.NotPending, OperationRefusedException.ReadOnly).WithBodyProblems();
    }

    private static async Task<Ok<QueuePageBody>> PageAsync(HttpRequest request, IQueueInspector queue, CancellationToken cancel)
    {
        var query = new QueryReader(request.Query, "state", "page", "pageSize");
        var page = await queue.PageAsync(query.Word<QueueState>("state") ?? QueueState.Due, query.Page, query.PageSize, cancel);
        return TypedResults.Ok(new QueuePageBody([.. page.Items.Select(QueueEntryBody.Of)], page.Page, page.PageSize, page.Total));
    }

    private static async Task<Results<Ok<QueueEntryBody>, EmptyHttpResult>> FindAsync(string no, HttpContext context, IQueueInspector queue, CancellationToken cancel)
    {
        if (!no.Any(char.IsControl) && await queue.FindAsync(no, cancel) is { } entry) return TypedResults.Ok(QueueEntryBody.Of(entry));
        await Problem.WriteAsync(context, ProblemCodes.NotInQueue, "The queue does not know this order.");
        return TypedResults.Empty;
    }

    private static async Task<Results<Ok<QueueEntryBody>, NoContent>> RequeueAsync(
        string no, [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] ReasonBody? body, OneTarget gate, IQueueInspector queue, CancellationToken cancel)
    {
        await gate.DoAsync(RequeueTimeouts.ActionName, OrdersApi.Known(no), OperationParameters.None, body?.Reason ?? OneTarget.NoReason, cancel);
        // A console may have been quick, and the entry is gone with the order's end.
        return await queue.FindAsync(no, cancel) is { } entry ? TypedResults.Ok(QueueEntryBody.Of(entry)) : TypedResults.NoContent();
    }
}

public sealed record QueuePageBody(IReadOnlyList<QueueEntryBody> Items, int Page, int PageSize, long Total);

/// <summary>One timeout in the queue.</summary>
/// <param name="DueAt">The due time; for a retrying entry the next try.</param>
/// <param name="Failed">Attempts that ended in an error.</param>
/// <param name="Crashed">Claims that ended without a release.</param>
/// <param name="Owner">The console that has claimed it.</param>
/// <param name="LeaseUntil">When the claim ends by itself.</param>
/// <param name="Reason">Why it was put back or is a dead letter, as a stable word.</param>
/// <param name="Detail">The last error.</param>
public sealed record QueueEntryBody(
    string OrderNo, QueueState State, DateTimeOffset DueAt, int Failed, int Crashed,
    string? Owner, DateTimeOffset? LeaseUntil, string? Reason, string? Detail, DateTimeOffset? DeadAt)
{
    internal static QueueEntryBody Of(QueueEntry e) => new(e.OrderNo, e.State, e.DueAt, e.Failed, e.Crashed, e.Owner, e.LeaseUntil, e.Reason, e.Detail, e.DeadAt);
}
