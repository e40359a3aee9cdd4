using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using OrderConsole.Core.Diagnostics.Drift;
using OrderConsole.Core.Operations;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Queue;

namespace OrderConsole.Api;

/// <summary>An action and what it is to be done to.</summary>
public sealed record PrepareBody
{
    [Description("cancel_orders, extend_orders, requeue_timeouts, schedule_timeouts, remove_entries, refund_payments, reinstate_orders, pause_processing, resume_processing, unlock_orders, clean_up_locks, run_job, pause_job, resume_job, reschedule_job, reset_job_schedule or cancel_job_run.")]
    [Required]
    public string? Action { get; init; }

    [Required]
    public SelectionBody? Selection { get; init; }

    public ParametersBody? Parameters { get; init; }
}

/// <summary>Exactly one of them. A view is read once; the list is frozen from then on.</summary>
public sealed record SelectionBody
{
    [Description("Order numbers, for refund_payments and reinstate_orders payment ids, for jobs their names, for cancel_job_run ids of running runs.")]
    public IReadOnlyList<string>? Listed { get; init; }

    [Description("All orders of a view.")]
    public OrderViewBody? Orders { get; init; }

    [Description("All queue entries in a state.")]
    public QueueState? Queue { get; init; }

    [Description("All late and duplicate payments that wait for a decision.")]
    public PaymentSelection? Payments { get; init; }

    [Description("All locks that nobody works under, as clean_up_locks judges them.")]
    public LockSelection? Locks { get; init; }

    [Description("All that a comparison of queue and locks with the database finds of a class.")]
    public DriftClass? Drift { get; init; }

    internal TargetSelection ToSelection() => new() { Listed = Listed, Orders = Orders?.ToFilter(), Queue = Queue, Payments = Payments, Locks = Locks, Drift = Drift };
}

/// <summary>Which orders; the same words as the parameters of GET /api/orders.</summary>
public sealed record OrderViewBody
{
    public OrderStatus? Status { get; init; }
    [StringLength(QueryReader.MaxSearch)]
    public string? Search { get; init; }
    public bool? Overdue { get; init; }
    public DateTimeOffset? CreatedFrom { get; init; }
    public DateTimeOffset? CreatedTo { get; init; }
    public DateTimeOffset? DeadlineFrom { get; init; }
    public DateTimeOffset? DeadlineTo { get; init; }
    public decimal? TotalFrom { get; init; }
    public decimal? TotalTo { get; init; }
    public string? CancelReason { get; init; }

    internal OrderFilter ToFilter() => new()
    {
        Status = Status, Overdue = Overdue,
        Search = Text(Search, "search", QueryReader.MaxSearch), CancelReason = Text(CancelReason, "cancelReason", OperationGate.MaxReasonLength),
        CreatedFrom = CreatedFrom, CreatedTo = CreatedTo, DeadlineFrom = DeadlineFrom, DeadlineTo = DeadlineTo, TotalFrom = TotalFrom, TotalTo = TotalTo,
    };

    private static string? Text(string? text, string name, int maxLength) => text is null || (text.Length <= maxLength && !text.Any(char.IsControl))
        ? text?.Trim()
        : throw new InvalidInputException($"selection.orders.{name}", $"at most {maxLength} characters on one line");
}

/// <summary>What some actions need to know.</summary>
public sealed record ParametersBody
{
    [Description("extend_orders: how much later the deadlines are to be, \"00:00:01\" to \"30.00:00:00\".")]
    public TimeSpan? By { get; init; }

    [Description("refund_payments: the payment side's reference.")]
    [StringLength(RefundPayments.MaxReferenceLength, MinimumLength = 1)]
    public string? Reference { get; init; }

    [Description("reschedule_job: five, six or seven cron fields.")]
    [StringLength(120, MinimumLength = 1)]
    public string? Cron { get; init; }

    [Description("run_job: a thorough run, where the job has one.")]
    public bool? Whole { get; init; }

    [Description("unlock_orders: the token of the one lock that was seen.")]
    [StringLength(UnlockOrders.MaxTokenLength)]
    public string? Token { get; init; }

    internal OperationParameters ToParameters() => new() { By = By, Reference = Reference, Cron = Cron, Whole = Whole, Token = Token };

    internal static ParametersBody Of(string stored)
    {
        var parameters = JsonSerializer.Deserialize<OperationParameters>(stored) ?? OperationParameters.None;
        return new() { By = parameters.By, Reference = parameters.Reference, Cron = parameters.Cron, Whole = parameters.Whole, Token = parameters.Token };
    }
}

/// <summary>An operation: preview, run and receipt in one.</summary>
/// <param name="By">Who asked for it.</param>
/// <param name="Source">console or api.</param>
/// <param name="Node">The console that runs or ran it.</param>
/// <param name="Total">How many targets the list has.</param>
/// <param name="Refused">Targets that the preview or the run refused.</param>
/// <param name="Left">Targets not done yet.</param>
/// <param name="AskedAt">Since when it waits, or waited, for a second person.</param>
/// <param name="DecidedBy">The second person.</param>
/// <param name="Codes">Why targets were refused or failed, and how many each; left out in lists.</param>
public sealed record OperationBody(
    long Id, string Action, OperationState State, string By, string Source, string? Reason, ParametersBody Parameters,
    DateTimeOffset PreparedAt, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, string? Node,
    int Total, int Done, int Refused, int Failed, int Left, DateTimeOffset? AskedAt, string? DecidedBy, DateTimeOffset? DecidedAt, string? DecisionReason,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, int>? Codes)
{
    internal static OperationBody Of(Operation o, IReadOnlyDictionary<string, int>? codes) => new(
        o.Id, o.Action, o.State, o.By, o.Source, o.Reason, ParametersBody.Of(o.Parameters), o.PreparedAt, o.StartedAt, o.FinishedAt, o.Node,
        o.Total, o.Done, o.Refused, o.Failed, o.Left, o.AskedAt, o.DecidedBy, o.DecidedAt, o.DecisionReason, codes);
}

public sealed record OperationPageBody(IReadOnlyList<OperationBody> Items, int Page, int PageSize, int Total);

public sealed record OperationItemPageBody(IReadOnlyList<OperationItemBody> Items, int Page, int PageSize, int Total);

/// <summary>A target of an operation.</summary>
/// <param name="No">Its place in the list, from 1.</param>
/// <param name="Target">An order number or a payment id.</param>
/// <param name="Code">Why it was refused or failed, as a stable word.</param>
/// <param name="Detail">The same in words.</param>
public sealed record OperationItemBody(int No, string Target, OperationItemState State, string? Code, string? Detail, DateTimeOffset? At)
{
    internal static OperationItemBody Of(OperationItem i) => new(i.No, i.Target, i.State, i.Code, i.Detail, i.At);
}
