using System.ComponentModel.DataAnnotations;

namespace OrderConsole.Hosting;

/// <summary>Section <c>Telemetry</c>.</summary>
public sealed class TelemetryOptions : IValidatableObject
{
    /// <summary>Where metrics are sent by OTLP over gRPC, for example <c>http://localhost:4317</c>; empty sends nothing.</summary>
    public string OtlpEndpoint { get; set; } = "";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (OtlpEndpoint.Length > 0 && !(Uri.TryCreate(OtlpEndpoint, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
            yield return new ValidationResult("Telemetry:OtlpEndpoint is an http or https URL, or empty.", [nameof(OtlpEndpoint)]);
    }
}
