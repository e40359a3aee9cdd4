using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace OrderConsole.Components.Shared;

/// <summary>By what a list is sorted.</summary>
public readonly record struct Sorting(string By, bool Descending);

/// <summary>
/// The state of a page as its address has it. A value that does not fit is left out and remembered in
/// <see cref="Ignored"/>; an address that somebody typed never breaks a page.
/// </summary>
public sealed class PageQuery
{
    private static readonly int[] Sizes = [25, 50, 100, 200];

    private readonly string _path;
    private readonly Dictionary<string, StringValues> _values;
    private readonly SortedSet<string> _ignored = new(StringComparer.Ordinal);

    private PageQuery(string path, Dictionary<string, StringValues> values) => (_path, _values) = (path, values);

    /// <summary>The page sizes on offer.</summary>
    public static IReadOnlyList<int> PageSizes => Sizes;

    /// <summary>The names whose values did not fit, of those asked for so far.</summary>
    public IReadOnlyCollection<string> Ignored => _ignored;

    public static PageQuery Of(string uri)
    {
        var parsed = new Uri(uri, UriKind.Absolute);
        return new(parsed.AbsolutePath, new(QueryHelpers.ParseQuery(parsed.Query), StringComparer.Ordinal));
    }

    /// <summary>Trimmed; null when absent, empty, longer than <paramref name="max"/> or not <paramref name="valid"/>.</summary>
    public string? Text(string name, int max = 100, Func<string, bool>? valid = null)
    {
        if (Raw(name) is not { } raw || raw.Trim() is not { Length: > 0 } text) return null;
        return text.Length <= max && !text.Any(char.IsControl) && valid?.Invoke(text) != false ? text : Ignore<string?>(name, null);
    }

    /// <summary>A name of <typeparamref name="TEnum"/>, in any case; null when absent.</summary>
    public TEnum? One<TEnum>(string name) where TEnum : struct, Enum
    {
        if (Raw(name) is not { Length: > 0 } raw) return null;
        return Enum.GetNames<TEnum>().Contains(raw, StringComparer.OrdinalIgnoreCase) ? Enum.Parse<TEnum>(raw, ignoreCase: true) : Ignore<TEnum?>(name, null);
    }

    /// <summary>One of <paramref name="allowed"/>; the first of them when absent.</summary>
    public string OneOf(string name, params ReadOnlySpan<string> allowed)
    {
        if (Raw(name) is not { Length: > 0 } raw) return allowed[0];
        return allowed.Contains(raw) ? raw : Ignore(name, allowed[0]);
    }

    /// <summary><c>true</c> or <c>false</c>; null when absent.</summary>
    public bool? YesNo(string name) => Raw(name) switch { null or "" => null, "true" => true, "false" => false, _ => Ignore<bool?>(name, null) };

    public long? Number(string name, long min, long max)
    {
        if (Raw(name) is not { Length: > 0 } raw) return null;
        return long.TryParse(raw, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max ? number : Ignore<long?>(name, null);
    }

    /// <summary>A day, <c>2026-11-22</c>, or a moment in ISO 8601; a day alone begins at midnight UTC.</summary>
    public DateTimeOffset? Time(string name)
    {
        if (Raw(name) is not { Length: > 0 } raw) return null;
        return DateTimeOffset.TryParseExact(raw, ["yyyy-MM-dd", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ssK", "o"],
            CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : Ignore<DateTimeOffset?>(name, null);
    }

    /// <summary><c>page</c>, from 1.</summary>
    public int Page() => (int)(Number("page", 1, 1_000_000) ?? 1);

    /// <summary><c>size</c>: one of <see cref="PageSizes"/>, otherwise 50.</summary>
    public int Size() => Number("size", 1, 200) is not { } size ? 50 : Sizes.Contains((int)size) ? (int)size : Ignore("size", 50);

    /// <summary><c>sort</c>: <c>deadline</c> or, descending, <c>-deadline</c>.</summary>
    public Sorting Sort(Sorting otherwise, params ReadOnlySpan<string> allowed)
    {
        if (Raw("sort") is not { Length: > 0 } raw) return otherwise;
        var by = raw.TrimStart('-');
        return allowed.Contains(by) ? new(by, raw[0] == '-') : Ignore("sort", otherwise);
    }

    /// <summary>This page's address with another value; null takes it out. Any change but of <c>page</c> goes back to the first page.</summary>
    public string With(string name, object? value) => With((name, value));

    public string With(params ReadOnlySpan<(string Name, object? Value)> changes)
    {
        var values = _values.ToDictionary(v => v.Key, v => v.Value.ToString(), StringComparer.Ordinal);
        values.Remove("page");
        foreach (var (name, value) in changes)
        {
            var text = Convert.ToString(value is Enum or bool ? value.ToString()!.ToLowerInvariant() : value, CultureInfo.InvariantCulture);
            if (string.IsNullOrWhiteSpace(text)) values.Remove(name);
            else values[name] = text.Trim();
        }
        return QueryHelpers.AddQueryString(_path, values!);
    }

    private string? Raw(string name) => _values.TryGetValue(name, out var value) ? value.Count == 1 ? value[0] : Ignore<string?>(name, null) : null;

    private TValue Ignore<TValue>(string name, TValue otherwise)
    {
        _ignored.Add(name);
        return otherwise;
    }
}
