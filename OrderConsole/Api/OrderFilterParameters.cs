using Microsoft.OpenApi;
using OrderConsole.Core.Orders;

namespace OrderConsole.Api;

/// <summary>The query parameters that say which orders are meant.</summary>
internal static class OrderFilterParameters
{
    private const int MaxReason = 200;

    public static readonly string[] Names =
        ["status", "search", "overdue", "createdFrom", "createdTo", "deadlineFrom", "deadlineTo", "totalFrom", "totalTo", "cancelReason"];

    public static OpenApiParameter[] Documented =>
    [
        ApiDocument.Words<OrderStatus>("status", "Only orders in this state."),
        ApiDocument.Query("search", "Order numbers that begin with this.", new() { Type = JsonSchemaType.String, MaxLength = QueryReader.MaxSearch }),
        ApiDocument.Query("overdue", "true: only pending orders whose deadline has passed.", new() { Type = JsonSchemaType.Boolean }),
        Time("createdFrom", "Placed at or after this."), Time("createdTo", "Placed before this."),
        Time("deadlineFrom", "Deadline at or after this."), Time("deadlineTo", "Deadline before this."),
        Money("totalFrom", "Total of at least this."), Money("totalTo", "Total of at most this."),
        ApiDocument.Query("cancelReason", "The whole reason of the cancel; payment_timeout when the deadline did it.", new() { Type = JsonSchemaType.String, MaxLength = MaxReason }),
    ];

    public static OrderFilter Read(QueryReader query) => new()
    {
        Status = query.Word<OrderStatus>("status"), Search = query.Text("search", QueryReader.MaxSearch), Overdue = query.Flag("overdue"),
        CreatedFrom = query.Moment("createdFrom"), CreatedTo = query.Moment("createdTo"),
        DeadlineFrom = query.Moment("deadlineFrom"), DeadlineTo = query.Moment("deadlineTo"),
        TotalFrom = query.Money("totalFrom"), TotalTo = query.Money("totalTo"), CancelReason = query.Text("cancelReason", MaxReason),
    };

    private static OpenApiParameter Time(string name, string description) => ApiDocument.Query(name, description, new() { Type = JsonSchemaType.String, Format = "date-time" });

    private static OpenApiParameter Money(string name, string description) => ApiDocument.Query(name, description, new() { Type = JsonSchemaType.Number, Minimum = "0" });
}
