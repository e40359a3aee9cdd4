namespace OrderConsole.Core.Operations;

/// <summary>The gate did not let an operation begin. Nothing was changed.</summary>
/// <param name="code">A stable word for programs: one of the constants.</param>
/// <param name="message">What is in the way, for people.</param>
public sealed class OperationRefusedException(string code, string message) : Exception(message)
{
    public const string ReadOnly = "read_only";
    public const string UnknownOperation = "unknown_operation";
    public const string NothingSelected = "nothing_selected";
    public const string TooManySelected = "too_many_selected";

    public string Code { get; } = code;
}
