using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.OpenApi;
using OrderConsole.Access;
using OrderConsole.Core.Operations;
using OrderConsole.Core.Orders;

namespace OrderConsole.Api;

/// <summary><c>/api/operations</c>: actions on many targets: first a preview with the frozen list, then exactly that list, then a receipt.</summary>
internal static class OperationsApi
{
    /// <summary>How long a call waits for the end of a run before it answers 202.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void MapOperations(this IEndpointRouteBuilder api)
    {
        api.MapPost("/operations", PrepareAsync).GateDecides().WithName("prepareOperation").WithSummary("Freeze the list of an action and say who would be refused, and why. Nothing is done yet.")
            .WithMetadata(new RequestSizeLimitAttribute(BodyLimits.Batch))
            .WithProblems(OperationRefusedException.NothingSelected, OperationRefusedException.TooManySelected, OperationRefusedException.ReadOnly, OperationRefusedException.Forbidden).WithBodyProblems();
        api.MapGet("/operations", PageAsync).WithName("listOperations").WithSummary("A page of operations that were run, latest first.")
            .WithQuery([ApiDocument.Query("target", "Only those with this order number or payment id.", new() { Type = JsonSchemaType.String, MaxLength = TargetReader.MaxTargetLength }), .. ApiDocument.Paging("Operations")])
            .WithProblems(ProblemCodes.Invalid);
        api.MapGet("/operations/{id:long}", FindAsync).WithName("getOperation").WithSummary("An operation as it stands now.").WithProblems(OperationRefusedException.UnknownOperation);
        api.MapGet("/operations/{id:long}/items", ItemsAsync).WithName("listOperationItems").WithSummary("A page of an operation's targets, in the order of the list.")
            .WithQuery([ApiDocument.Words<OperationItemState>("state", "Only targets in this state."), .. ApiDocument.Paging("Targets")])
            .WithProblems(OperationRefusedException.UnknownOperation, ProblemCodes.Invalid);
        api.MapPost("/operations/{id:long}/run", RunAsync).GateDecides().WithName("runOperation").WithSummary("Do a prepared operation, once, however often it is asked for. 202: it still runs, or waits for a second person; read it again.")
            .Produces<OperationBody>(StatusCodes.Status200OK).Produces<OperationBody>(StatusCodes.Status202Accepted)
            .WithProblems(OperationRefusedException.UnknownOperation, OperationRefusedException.ReadOnly, OperationRefusedException.Forbidden).WithBodyProblems();
        api.MapPost("/operations/{id:long}/approve", ApproveAsync).GateDecides().WithName("approveOperation").WithSummary("As the second person, have an operation run that waits for one: exactly its frozen list.")
            .WithProblems(Decisions).WithBodyProblems();
        api.MapPost("/operations/{id:long}/reject", RejectAsync).GateDecides().WithName("rejectOperation").WithSummary("As the second person, end an operation that waits for one; nothing is done.")
            .WithProblems(Decisions).WithBodyProblems();
    }

    private static readonly string[] Decisions =
    [
        OperationRefusedException.UnknownOperation, OperationRefusedException.ReadOnly, OperationRefusedException.Forbidden, OperationRefusedException.OwnOperation,
        OperationRefusedException.NotWaiting, OperationRefusedException.AskerNotAllowed,
    ];

    private static async Task<Created<OperationBody>> PrepareAsync(PrepareBody body, OperationGate gate, OneTarget caller, OperationQueries operations, CancellationToken cancel)
    {
        if (body.Action is null) throw new InvalidInputException("action", "the name of an action");
        if (body.Selection is null) throw new InvalidInputException("selection", TargetReader.Kinds);
        var prepared = await gate.PrepareAsync(body.Action, body.Selection.ToSelection(), body.Parameters?.ToParameters() ?? OperationParameters.None, caller.Caller, cancel);
        return TypedResults.Created($"/api/operations/{prepared.Id}", OperationBody.Of(prepared, await operations.CodesAsync(prepared.Id, cancel)));
    }

    private static async Task<Ok<OperationPageBody>> PageAsync(HttpRequest request, OperationQueries operations, CancellationToken cancel)
    {
        var query = new QueryReader(request.Query, "target", "page", "pageSize");
        var page = await operations.PageAsync(query.Text("target", TargetReader.MaxTargetLength), query.Page, query.PageSize, cancel);
        return TypedResults.Ok(new OperationPageBody([.. page.Items.Select(o => OperationBody.Of(o, null))], page.Page, page.PageSize, page.Total));
    }

    private static async Task<Ok<OperationBody>> FindAsync(long id, OperationQueries operations, CancellationToken cancel) =>
        TypedResults.Ok(OperationBody.Of(await KnownAsync(id, operations, cancel), await operations.CodesAsync(id, cancel)));

    private static async Task<Ok<OperationItemPageBody>> ItemsAsync(long id, HttpRequest request, OperationQueries operations, CancellationToken cancel)
    {
        var query = new QueryReader(request.Query, "state", "page", "pageSize");
        var (state, pageNo, pageSize) = (query.Word<OperationItemState>("state"), query.Page, query.PageSize);
        await KnownAsync(id, operations, cancel);
        var page = await operations.ItemsAsync(id, state, pageNo, pageSize, cancel);
        return TypedResults.Ok(new OperationItemPageBody([.. page.Items.Select(OperationItemBody.Of)], page.Page, page.PageSize, page.Total));
    }

    private static async Task<IResult> RunAsync(
        long id, ReasonBody body, OperationGate gate, OneTarget caller, OperationRunner runner, OperationQueries operations, TimeProvider time, CancellationToken cancel)
    {
        var operation = await gate.RunAsync(id, body.Reason, caller.Caller, cancel);
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        try
        {
            await foreach (var step in runner.FollowAsync(id, either.Token)) operation = step;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // It goes on without us.
        }
        var answer = OperationBody.Of(operation, await operations.CodesAsync(id, cancel));
        return operation.State is OperationState.Running or OperationState.Waiting ? TypedResults.Accepted($"/api/operations/{id}", answer) : TypedResults.Ok(answer);
    }

    private static async Task<Accepted<OperationBody>> ApproveAsync(
        long id, ReasonBody body, OperationApprovals approvals, OneTarget caller, OperationQueries operations, CancellationToken cancel)
    {
        var running = await approvals.ApproveAsync(id, body.Reason, caller.Caller, cancel);
        return TypedResults.Accepted($"/api/operations/{id}", OperationBody.Of(running, await operations.CodesAsync(id, cancel)));
    }

    private static async Task<Ok<OperationBody>> RejectAsync(
        long id, ReasonBody body, OperationApprovals approvals, OneTarget caller, OperationQueries operations, CancellationToken cancel) =>
        TypedResults.Ok(OperationBody.Of(await approvals.RejectAsync(id, body.Reason, caller.Caller, cancel), await operations.CodesAsync(id, cancel)));

    private static async Task<Operation> KnownAsync(long id, OperationQueries operations, CancellationToken cancel) => await operations.FindAsync(id, cancel)
        ?? throw new OperationRefusedException(OperationRefusedException.UnknownOperation, $"There is no operation {id}.");
}
