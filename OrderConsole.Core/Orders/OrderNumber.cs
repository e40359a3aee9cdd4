using System.Buffers;
using System.Security.Cryptography;

namespace OrderConsole.Core.Orders;

/// <summary>What an order number may look like: 1 to 64 of <c>A-Z a-z 0-9 . _ : -</c>, so that it is safe in keys, URLs and logs.</summary>
public static class OrderNumber
{
    public const int MaxLength = 64;
    public const string Allowed = "1 to 64 of the characters A-Z, a-z, 0-9, '.', '_', ':' and '-'";

    private static readonly SearchValues<char> Characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:-");

    public static bool IsValid(string? text) =>
        text is { Length: > 0 and <= MaxLength } && !text.AsSpan().ContainsAnyExcept(Characters);

    /// <summary>A new number that sorts by time, so that neighbours in time are neighbours in the database: <c>20261122193015123-7F3K9Q</c>.</summary>
    public static string New(DateTimeOffset now) =>
        now.UtcDateTime.ToString("yyyyMMddHHmmssfff", System.Globalization.CultureInfo.InvariantCulture) + "-" +
        RandomNumberGenerator.GetString("23456789ABCDEFGHJKLMNPQRSTUVWXYZ", 6);
}
