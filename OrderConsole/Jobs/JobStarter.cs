using System.Text.Json;
using System.Text.Json.Serialization;
using OrderConsole.Core.Operations;
using Quartz;

namespace OrderConsole.Jobs;

/// <summary>Who asked for a run, or changed a schedule, and why; travels with the run into its history.</summary>
/// <param name="Operation">Its receipt.</param>
public sealed record JobStarter(string By, string Source, string Reason, long Operation, DateTimeOffset At, bool Whole = false)
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault };

    internal static JobStarter Of(ActionBatch batch, DateTimeOffset at) => new(
        batch.Operation.By, batch.Operation.Source, batch.Reason, batch.Operation.Id, at, batch.Parameters.Whole == true);

    /// <summary>Who asked for what a trigger starts; null when it is a schedule's.</summary>
    internal static JobStarter? Of(ITrigger? trigger) =>
        Read(trigger?.JobDataMap.TryGetValue(SchedulerConstants.JobInput, out var input) == true ? input as string : null);

    public string ToText() => JsonSerializer.Serialize(this, Form);

    /// <summary>Null when there is none, or a later version wrote it.</summary>
    public static JobStarter? Read(string? text)
    {
        try
        {
            return string.IsNullOrEmpty(text) ? null : JsonSerializer.Deserialize<JobStarter>(text, Form);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
