using System.Text.Json;
using OrderConsole.Core.Orders;

namespace OrderConsole.Api;

/// <summary>What happened, as a word of the API: <c>paymentRecorded</c>. States are written as their own names: <c>Pending</c>.</summary>
internal static class Words
{
    public static string Of(OrderEventKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());

    public static string Of(PaymentDecision decision) => JsonNamingPolicy.CamelCase.ConvertName(decision.ToString());

    public static string Of(PaymentOutcome outcome) => JsonNamingPolicy.CamelCase.ConvertName(outcome.ToString());
}
