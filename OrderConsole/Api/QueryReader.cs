using System.Globalization;
using OrderConsole.Core.Orders;

namespace OrderConsole.Api;

/// <summary>Reads query parameters strictly: a wrong value, an unknown name or a name that stands twice is refused by name.</summary>
internal sealed class QueryReader
{
    public const int MaxPage = 10_000;
    public const int MaxPageSize = 200;
    public const int DefaultPageSize = 50;
    public const int MaxSearch = 64;

    private readonly IQueryCollection _query;

    public QueryReader(IQueryCollection query, params string[] known)
    {
        _query = query;
        foreach (var (name, values) in query)
        {
            if (!known.Contains(name, StringComparer.Ordinal)) throw new InvalidInputException(name, known.Length == 0 ? "no parameters here" : "one of the parameters " + string.Join(", ", known));
            if (values.Count > 1) throw new InvalidInputException(name, "given once");
        }
    }

    public int Page => Whole("page", 1, MaxPage) ?? 1;
    public int PageSize => Whole("pageSize", 1, MaxPageSize) ?? DefaultPageSize;

    public string? Text(string name, int maxLength)
    {
        var text = Value(name)?.Trim();
        return text is null || (text.Length <= maxLength && !text.Any(char.IsControl)) ? text : throw new InvalidInputException(name, $"at most {maxLength} characters on one line");
    }

    public bool? Flag(string name) => Value(name) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        _ => throw new InvalidInputException(name, "true or false"),
    };

    public T? Word<T>(string name) where T : struct, Enum
    {
        if (Value(name) is not { } text) return null;
        foreach (var value in Enum.GetValues<T>())
            if (value.ToString().Equals(text, StringComparison.OrdinalIgnoreCase)) return value;
        throw new InvalidInputException(name, string.Join(", ", Enum.GetNames<T>()));
    }

    public DateTimeOffset? Moment(string name) => Value(name) is not { } text ? null
        : UtcTime.TryParse(text, out var moment) ? moment
        : throw new InvalidInputException(name, "an ISO 8601 time with its offset, such as \"2026-01-31T09:30:00Z\"");

    public decimal? Money(string name) => Value(name) is not { } text ? null
        : decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var money) && money <= PlaceOrderRequest.MaxTotal ? money
        : throw new InvalidInputException(name, "0 to 1,000,000,000,000");

    /// <summary>A whole number from 1.</summary>
    public long? Number(string name) => Value(name) is not { } text ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 ? number
        : throw new InvalidInputException(name, "a whole number from 1");

    private int? Whole(string name, int min, int max)
    {
        if (Value(name) is not { } text) return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number
            : throw new InvalidInputException(name, FormattableString.Invariant($"a whole number from {min:N0} to {max:N0}"));
    }

    private string? Value(string name) => _query.TryGetValue(name, out var values) && values.ToString() is { Length: > 0 } text ? text : null;
}
