using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrderConsole.Api;

/// <summary>Times are written in UTC with milliseconds and a Z; a time without an offset is refused, since nobody knows which zone it means.</summary>
internal sealed class UtcTime : JsonConverter<DateTimeOffset>
{
    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"];

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        // An exception without a message lets the serializer add the path of the field.
        return reader.TokenType == JsonTokenType.String && TryParse(reader.GetString(), out var time) ? time : throw new JsonException();
    }

    public static bool TryParse(string? text, out DateTimeOffset time)
    {
        time = default;
        if (text is not { Length: > 1 }) return false;
        var hasOffset = text[^1] is 'Z' or 'z' || text.AsSpan(text.Length >= 6 ? text.Length - 6 : 0).IndexOfAny('+', '-') == 0;
        return hasOffset && DateTimeOffset.TryParseExact(text.ToUpperInvariant(), Formats, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out time);
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
}
