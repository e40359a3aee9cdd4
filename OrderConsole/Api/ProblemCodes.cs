using OrderConsole.Core.Operations;
using OrderConsole.Core.Orders;
using OrderConsole.Jobs;

namespace OrderConsole.Api;

/// <summary>The stable words for what went wrong, and the HTTP status of each. This is the only place that pairs them.</summary>
internal static class ProblemCodes
{
    public const string NotSignedIn = "not_signed_in";
    public const string NotPermitted = "not_permitted";
    public const string NoAntiforgery = "no_antiforgery";
    public const string TooManyConnections = "too_many_connections";
    public const string TooManyCalls = "too_many_calls";
    public const string MalformedJson = "malformed_json";
    public const string HostNotAllowed = "host_not_allowed";
    public const string HttpsRequired = "https_required";
    public const string CrossOrigin = "cross_origin";
    public const string NotFound = "not_found";
    public const string LastAdmin = "last_admin";
    public const string NotInQueue = "not_in_queue";
    public const string NoDiagnosis = "no_diagnosis";
    public const string MethodNotAllowed = "method_not_allowed";
    public const string NotAcceptable = "not_acceptable";
    public const string TooLarge = "too_large";
    public const string UnsupportedMediaType = "unsupported_media_type";
    public const string Invalid = "invalid";
    public const string BadRequest = "bad_request";
    public const string Internal = "internal";
    public const string StoreUnavailable = "store_unavailable";

    public static IReadOnlyDictionary<string, int> Status { get; } = new Dictionary<string, int>
    {
        [BadRequest] = 400,
        [MalformedJson] = 400,
        [HostNotAllowed] = 400,
        [NotSignedIn] = 401,
        [NotPermitted] = 403,
        [NoAntiforgery] = 403,
        [HttpsRequired] = 403,
        [CrossOrigin] = 403,
        [OperationRefusedException.ReadOnly] = 403,
        [OperationRefusedException.Forbidden] = 403,
        [OperationRefusedException.OwnOperation] = 403,
        [NotFound] = 404,
        [NotInQueue] = 404,
        [NoDiagnosis] = 404,
        [OperationRefusedException.UnknownOperation] = 404,
        [RefusalCodes.UnknownPayment] = 404,
        [JobRefusals.UnknownJob] = 404,
        [OrderRefusedException.UnknownOrder] = 404,
        [MethodNotAllowed] = 405,
        [NotAcceptable] = 406,
        [LastAdmin] = 409,
        [OrderRefusedException.OutOfStock] = 409,
        [OrderRefusedException.DuplicateOrderNo] = 409,
        [OrderRefusedException.IdempotencyKeyReused] = 409,
        [OrderRefusedException.NotPending] = 409,
        [OrderRefusedException.PaymentIdReused] = 409,
        [OperationRefusedException.ApprovalNeeded] = 409,
        [OperationRefusedException.NotWaiting] = 409,
        [OperationRefusedException.AskerNotAllowed] = 409,
        [RefusalCodes.ChangedSincePreview] = 409,
        [RefusalCodes.InQueueAlready] = 409,
        [RefusalCodes.ClaimedNow] = 409,
        [RefusalCodes.StillPending] = 409,
        [RefusalCodes.DecidedAlready] = 409,
        [RefusalCodes.NothingToDecide] = 409,
        [RefusalCodes.NotCancelled] = 409,
        [RefusalCodes.PausedAlready] = 409,
        [RefusalCodes.NotPaused] = 409,
        [JobRefusals.RunsAlready] = 409,
        [JobRefusals.PausedAlready] = 409,
        [JobRefusals.NotPaused] = 409,
        [JobRefusals.NoSchedule] = 409,
        [JobRefusals.NotRunning] = 409,
        [JobRefusals.JobsOff] = 409,
        [RefusalCodes.TokenChanged] = 409,
        [RefusalCodes.NotLocked] = 409,
        [RefusalCodes.UnlockedAlready] = 409,
        [RefusalCodes.LockAlive] = 409,
        [TooLarge] = 413,
        [UnsupportedMediaType] = 415,
        [Invalid] = 422,
        [OrderRefusedException.UnknownSku] = 422,
        [OrderRefusedException.AmountMismatch] = 422,
        [OperationRefusedException.NothingSelected] = 422,
        [OperationRefusedException.TooManySelected] = 422,
        [TooManyConnections] = 429,
        [TooManyCalls] = 429,
        [OperationRefusedException.TooManyActions] = 429,
        [Internal] = 500,
        [StoreUnavailable] = 503,
    };

    /// <summary>The word for a status that the framework set by itself.</summary>
    public static string ForStatus(int status) => status switch
    {
        404 => NotFound,
        405 => MethodNotAllowed,
        406 => NotAcceptable,
        413 => TooLarge,
        415 => UnsupportedMediaType,
        >= 500 => Internal,
        _ => BadRequest,
    };
}
