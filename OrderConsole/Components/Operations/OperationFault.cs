using System.Diagnostics;
using Microsoft.Extensions.Localization;
using OrderConsole.Core.Data;
using OrderConsole.Core.Operations;
using OrderConsole.Core.Orders;

namespace OrderConsole.Components.Operations;

/// <summary>Why a step did not succeed, for people.</summary>
/// <param name="CanRetry">Whether the same again may succeed.</param>
public sealed record OperationFault(string Words, bool CanRetry)
{
    public static OperationFault Of(Exception error, IStringLocalizer text, ILogger log) => error switch
    {
        OperationRefusedException refused => new(text.Refusal(refused.Code), false),
        InvalidInputException { Field: "action" } => new(text.Refusal("unknown_action"), false),
        InvalidInputException invalid => new(text["Operation.Invalid", invalid.Message], false),
        StoreUnavailableException away => new(text["Operation.Away", away.Store], true),
        _ => Unexpected(error, text, log),
    };

    private static OperationFault Unexpected(Exception error, IStringLocalizer text, ILogger log)
    {
        var trace = (Activity.Current?.TraceId ?? ActivityTraceId.CreateRandom()).ToHexString();
        OperationLog.Failed(log, error, trace);
        return new(text["Operation.Failed", trace], true);
    }
}

internal static partial class OperationLog
{
    [LoggerMessage(1310, LogLevel.Warning, "An operator's request failed ({TraceId})")]
    public static partial void Failed(ILogger log, Exception fault, string traceId);
}
