using OrderConsole.Core.Orders;

namespace OrderConsole.Api;

/// <summary>The header under which a repeated request gets the first one's answer instead of a second order.</summary>
internal static class IdempotencyHeader
{
    public const string Name = "Idempotency-Key";
    public const string ReplayedName = "Idempotency-Replayed";
    public const int MaxLength = 200;

    public static string? Read(HttpRequest request)
    {
        if (!request.Headers.TryGetValue(Name, out var values)) return null;
        return values.Count == 1 && values[0] is { Length: >= 1 and <= MaxLength } key && key.All(c => c is > ' ' and < (char)127)
            ? key
            : throw new InvalidInputException(Name, $"one value of 1 to {MaxLength} visible ASCII characters without spaces");
    }
}
