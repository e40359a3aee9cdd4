using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using OrderConsole.Components.Why;
using OrderConsole.Core.Diagnostics.WhyStillHere;
using OrderConsole.Core.Locks;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Telemetry;

namespace OrderConsole.Api;

/// <summary><c>/api/orders/{no}/why</c>: why an order is where it is, and what is safe to do next.</summary>
internal static class WhyApi
{
    public static void MapWhy(this IEndpointRouteBuilder api) =>
        api.MapGet("/orders/{no}/why", FindAsync).WithName("whyStillHere")
            .WithSummary("Why an order is still there: a stable word, the same in a sentence (in the language of Accept-Language), the next safe step, and what the answer rests on. A store that is away is part of the answer.")
            .WithProblems(OrderRefusedException.UnknownOrder);

    private static async Task<Ok<WhyBody>> FindAsync(string no, WhyReader reader, IStringLocalizer<SharedResources> text, CancellationToken cancel)
    {
        var answer = await reader.ReadAsync(OrdersApi.Known(no), cancel);
        // An entry without an order is worth an answer; a number that nobody knows is not.
        return answer.Verdict == Verdict.Unknown ? throw OrdersApi.Unknown(no) : TypedResults.Ok(WhyBody.Of(answer, text));
    }
}

/// <summary>Why an order is where it is.</summary>
/// <param name="Verdict">A stable word; docs/why.md lists them all.</param>
/// <param name="Sentence">The same for people.</param>
/// <param name="Next">The next safe step and its condition, for people.</param>
/// <param name="Action">The operator action that is that step, for POST /api/operations; null when waiting or looking is.</param>
/// <param name="ActionTarget">What it is done to; null without an action.</param>
/// <param name="Order">The order's row; null when there is none.</param>
/// <param name="Entry">What the queue has; null when it knows nothing.</param>
/// <param name="ClaimOwnerAlive">Whether the console that claimed it shows signs of life.</param>
/// <param name="Lock">Who holds its lock; null while it is free.</param>
/// <param name="LockOwnerAlive">Whether the console that locked it shows signs of life; null for another program's lock.</param>
/// <param name="Paused">Whether processing is paused; null when nobody can say.</param>
/// <param name="ProcessingConsoles">How many consoles work on due orders; null when nobody can say.</param>
/// <param name="AwayStores">Stores that did not answer.</param>
public sealed record WhyBody(
    string OrderNo, DateTimeOffset At, Verdict Verdict, string Sentence, string Next, string? Action, string? ActionTarget,
    WhyOrderBody? Order, QueueEntryBody? Entry, bool? ClaimOwnerAlive, WhyLockBody? Lock, bool? LockOwnerAlive,
    bool? Paused, int? ProcessingConsoles, IReadOnlyList<string> AwayStores)
{
    internal static WhyBody Of(WhyAnswer answer, IStringLocalizer text) => new(
        answer.No, answer.At, answer.Verdict, text.Sentence(answer), text.Next(answer), answer.Action, answer.Action is null ? null : answer.ActionTarget,
        answer.Details is { } details ? WhyOrderBody.Of(details) : null,
        answer.Entry is { } entry ? QueueEntryBody.Of(entry) : null, answer.IsAlive(answer.Entry?.Owner),
        answer.Lock is { } held ? WhyLockBody.Of(held) : null, answer.IsAlive(answer.Lock?.Owner),
        answer.Cluster is { } cluster ? cluster.Pause is not null : null, answer.Cluster is { } c ? Processing(c) : null, answer.AwayStores);

    private static int Processing(ClusterFigures cluster) => cluster.Nodes.Count(n => SituationRule.IsProcessing(n, cluster.At));
}

/// <summary>The lock on the order.</summary>
/// <param name="Owner">The console that holds it; null when another program does.</param>
/// <param name="Token">What identifies this holding.</param>
/// <param name="AcquiredAt">When it was taken; null when nobody recorded that.</param>
/// <param name="TimeLeft">Until it ends by itself; null when it never does.</param>
public sealed record WhyLockBody(string? Owner, string? Token, DateTimeOffset? AcquiredAt, TimeSpan? TimeLeft, int Renewals, bool Leaked, bool Foreign)
{
    internal static WhyLockBody Of(LockInfo l) => new(l.Owner, l.Token, l.AcquiredAt, l.TimeLeft, l.Renewals, l.IsLeaked, l.IsForeign);
}

/// <summary>The row of the order, as far as it matters here.</summary>
/// <param name="Version">Counts the changes of the row.</param>
/// <param name="Payments">How many payments were reported for it.</param>
/// <param name="UndecidedPayments">Of them, late and duplicate ones that nobody has decided about.</param>
public sealed record WhyOrderBody(OrderStatus Status, long Version, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, int Payments, int UndecidedPayments)
{
    internal static WhyOrderBody Of(OrderDetails details) => new(
        details.Order.Status, details.Order.Version, details.Order.CreatedAt, details.Order.ExpiresAt, details.Payments.Count,
        details.Payments.Count(p => p is { Outcome: not PaymentOutcome.Paid, Decision: null }));
}
