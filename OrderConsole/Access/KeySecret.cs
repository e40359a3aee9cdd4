using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace OrderConsole.Access;

/// <summary>The text of an API key: <c>oc_</c> and 256 random bits in base64url, and what is kept of it.</summary>
internal static class KeySecret
{
    public const string Start = "oc_";
    public const int Length = 46;
    private const int Bytes = 32, ShownLength = 8;

    public static string New() => Start + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static bool IsOne(string text) => text.Length == Length && text.StartsWith(Start, StringComparison.Ordinal) && Base64Url.IsValid(text.AsSpan(Start.Length));

    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    public static string PrefixOf(string secret) => secret[..ShownLength];
}
