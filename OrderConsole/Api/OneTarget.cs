using OrderConsole.Access;
using OrderConsole.Core.Operations;
using OrderConsole.Jobs;

namespace OrderConsole.Api;

/// <summary>An operator's call about one thing: through the gate, and what is refused becomes a problem.</summary>
internal sealed class OneTarget(OperationGate gate, IHttpContextAccessor http)
{
    /// <summary>Why, where a call may leave it out.</summary>
    public const string NoReason = "not given";

    /// <summary>Who calls: the key's or the user's.</summary>
    public Operator Caller => (http.HttpContext?.User ?? new()).ToOperator(Operator.Api, http.HttpContext?.Connection.RemoteIpAddress?.ToString());

    /// <exception cref="OperationRefusedException">It was refused or failed; the code says why.</exception>
    public async Task DoAsync(string action, string target, OperationParameters parameters, string? reason, CancellationToken cancel)
    {
        var item = await gate.DoNowAsync(action, target, parameters, reason, Caller, cancel);
        if (item.State == OperationItemState.Done) return;
        var code = item.Code is { } known && ProblemCodes.Status.ContainsKey(known) ? known : ProblemCodes.Internal;
        throw new OperationRefusedException(code, item.Detail ?? InWords(code, target));
    }

    private static string InWords(string code, string target) => code switch
    {
        RefusalCodes.UnknownOrder => $"There is no order {target}.",
        RefusalCodes.NotPending => $"Order {target} is paid or cancelled already.",
        RefusalCodes.UnknownPayment => "There is no such payment.",
        RefusalCodes.InQueueAlready => $"The queue has order {target} where it should be: scheduled, due or claimed.",
        RefusalCodes.NotInQueue => $"The queue does not know {target}.",
        RefusalCodes.ClaimedNow => $"A console works on order {target} at this moment.",
        RefusalCodes.StillPending => $"Order {target} is pending; its entry is needed.",
        RefusalCodes.DecidedAlready => "Somebody has decided about this payment already.",
        RefusalCodes.NothingToDecide => "The payment paid its order; there is nothing to decide.",
        RefusalCodes.NotCancelled => "The order is not cancelled.",
        RefusalCodes.AmountMismatch => "The payment is not the order's total.",
        RefusalCodes.PausedAlready => "Processing is paused already.",
        RefusalCodes.NotPaused => "Processing is not paused.",
        JobRefusals.RunsAlready => $"The job {target} runs already, or waits for its next try; it was not started once more.",
        JobRefusals.PausedAlready => $"The job {target} is paused already.",
        JobRefusals.NotPaused => $"The job {target} is not paused.",
        JobRefusals.NoSchedule => $"The job {target} has no schedule to pause.",
        JobRefusals.JobsOff => "This console has no jobs (Jobs:Enabled is false).",
        RefusalCodes.TokenChanged => "The lock is held by another token now; look again.",
        RefusalCodes.NotLocked => "Nobody holds this lock.",
        RefusalCodes.UnlockedAlready => "Somebody else unlocks it at this moment, or just did.",
        RefusalCodes.LockAlive => "Somebody may work under this lock.",
        _ => "It could not be done.",
    };
}
