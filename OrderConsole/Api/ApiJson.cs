using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrderConsole.Api;

/// <summary>How JSON is read and written, by the API and by the metrics hub alike.</summary>
internal static class ApiJson
{
    public static JsonSerializerOptions Options { get; } = Applied(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    public static JsonSerializerOptions Applied(JsonSerializerOptions json)
    {
        json.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        json.PropertyNameCaseInsensitive = false;
        // A field that nobody reads is a mistake of the caller that must not pass in silence; so is one that stands twice.
        json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        json.AllowDuplicateProperties = false;
        json.NumberHandling = JsonNumberHandling.Strict;
        json.Converters.Add(new UtcTime());
        json.Converters.Add(new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false));
        return json;
    }
}
