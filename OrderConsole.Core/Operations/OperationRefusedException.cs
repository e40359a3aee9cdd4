namespace OrderConsole.Core.Operations;

/// <summary>The gate did not let an operation begin. Nothing was changed.</summary>
/// <param name="code">A stable word for programs: one of the constants.</param>
/// <param name="message">What is in the way, for people.</param>
public sealed class OperationRefusedException(string code, string message) : Exception(message)
{
    public const string ReadOnly = "read_only";
    public const string UnknownOperation = "unknown_operation";
    /// <summary>Whoever asks may not do this.</summary>
    public const string Forbidden = "forbidden";
    /// <summary>It takes a second person, and waits for one.</summary>
    public const string ApprovalNeeded = "approval_needed";
    /// <summary>Whoever asked for it can not approve it.</summary>
    public const string OwnOperation = "own_operation";
    /// <summary>It does not wait for a second person, or not any more.</summary>
    public const string NotWaiting = "not_waiting";
    /// <summary>Whoever asked for it may not do it any more.</summary>
    public const string AskerNotAllowed = "asker_not_allowed";
    /// <summary>Somebody, or something with their page, does too much at a time.</summary>
    public const string TooManyActions = "too_many_actions";
    public const string NothingSelected = "nothing_selected";
    public const string TooManySelected = "too_many_selected";

    public string Code { get; } = code;
}
