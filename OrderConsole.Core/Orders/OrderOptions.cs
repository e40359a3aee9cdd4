using System.ComponentModel.DataAnnotations;

namespace OrderConsole.Core.Orders;

/// <summary>Section <c>Orders</c>.</summary>
public sealed class OrderOptions
{
    /// <summary>How long a customer has to pay when the order does not say, 1 s to 30 days.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan PaymentWindow { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long the answer under an Idempotency-Key is kept, 1 h to 30 days.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "30.00:00:00")]
    public TimeSpan IdempotencyRetention { get; set; } = TimeSpan.FromHours(24);
}
