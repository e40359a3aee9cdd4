using System.Text.RegularExpressions;

namespace OrderConsole.Core.Orders;

/// <summary>What an order number may look like, wherever it comes from: the API, the database, a foreign program's ZADD.</summary>
public static partial class OrderNumber
{
    public const int MaxLength = 64;

    /// <summary>1 to 64 letters, digits and <c>. _ : -</c>; also the pattern that the API documents.</summary>
    public const string Pattern = @"^[A-Za-z0-9._:\-]{1,64}\z";

    public static bool IsValid(string? text) => text is not null && Shape().IsMatch(text);

    [GeneratedRegex(Pattern, RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
