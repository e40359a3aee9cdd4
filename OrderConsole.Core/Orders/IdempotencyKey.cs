namespace OrderConsole.Core.Orders;

/// <summary>The answer that was given under an <c>Idempotency-Key</c>, kept so that a repeated request gets it again.</summary>
public sealed class IdempotencyKey
{
    public string Key { get; init; } = "";
    /// <summary>SHA-256 of the request, so that the same key with another request is refused.</summary>
    public string RequestHash { get; init; } = "";
    /// <summary>The answer as JSON: a <see cref="PlacedOrder"/>.</summary>
    public string Answer { get; init; } = "";
    public DateTimeOffset CreatedAt { get; init; }
}
