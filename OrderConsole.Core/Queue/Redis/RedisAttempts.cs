using System.Globalization;

namespace OrderConsole.Core.Queue.Redis;

/// <summary>What <c>queue_values.lua</c> keeps of an entry's tries: <c>failed|crashed|reason|detail</c>.</summary>
internal readonly record struct RedisAttempts(int Failed, int Crashed, string? Reason, string? Detail)
{
    public static RedisAttempts Parse(string? value)
    {
        if (string.IsNullOrEmpty(value)) return default;
        var parts = value.Split('|', 4);
        return parts.Length == 4 ? new(Number(parts[0]), Number(parts[1]), OrNull(parts[2]), OrNull(parts[3])) : default;
    }

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static string? OrNull(string text) => text.Length == 0 ? null : text;
}
