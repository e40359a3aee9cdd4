using System.Text.Json;
using System.Text.RegularExpressions;

namespace OrderConsole.Api;

/// <summary>What is wrong with a request's JSON, in the words of the caller's document.</summary>
/// <param name="Field">Null when the text is not JSON at all.</param>
internal sealed partial record JsonFault(string? Field, string Detail, string? Allowed)
{
    public static JsonFault Of(JsonException e)
    {
        // The reader's own exception inside means that the text is broken; otherwise a value does not fit its field.
        if (e.InnerException is JsonException || e.Path is null)
            return new(null, $"The body is not valid JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}).", null);
        var field = FieldOf(e.Path);
        if (UnknownMember().Match(e.Message) is { Success: true } unknown)
        {
            var name = unknown.Groups[1].Value;
            var path = field == "body" ? name : field.EndsWith(name, StringComparison.Ordinal) ? field : $"{field}.{name}";
            return new(path, $"{path}: there is no such field.", "the fields that /openapi/v1.json lists");
        }
        if (e.Message.Contains("uplicate", StringComparison.Ordinal)) return new(field, $"{field}: a field stands twice.", "each field once");
        var allowed = Allows(WantedType().Match(e.Message).Groups[1].Value);
        return new(field, $"{field}: {allowed} is wanted here.", allowed);
    }

    private static string FieldOf(string path)
    {
        var field = path.TrimStart('$').TrimStart('.');
        return field.Length == 0 ? "body" : field;
    }

    private static string Allows(string type) => type switch
    {
        _ when type.Contains("Int", StringComparison.Ordinal) => "a whole number",
        _ when type.Contains("Decimal", StringComparison.Ordinal) => "a number",
        _ when type.Contains("TimeSpan", StringComparison.Ordinal) => "a duration such as \"00:15:00\"",
        _ when type.Contains("DateTimeOffset", StringComparison.Ordinal) => "an ISO 8601 time with its offset, such as \"2026-01-31T09:30:00Z\"",
        _ when type.Contains("List", StringComparison.Ordinal) || type.EndsWith("[]", StringComparison.Ordinal) => "an array",
        "System.String" => "a text",
        _ => "a value as described in /openapi/v1.json",
    };

    [GeneratedRegex("The JSON property '([^']*)' could not be mapped")]
    private static partial Regex UnknownMember();

    [GeneratedRegex(@"could not be converted to ([^\s]+?)\.? Path")]
    private static partial Regex WantedType();
}
