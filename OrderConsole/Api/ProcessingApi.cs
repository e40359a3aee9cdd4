using Microsoft.AspNetCore.Http.HttpResults;
using OrderConsole.Access;
using OrderConsole.Core.Access;
using OrderConsole.Core.Operations;
using OrderConsole.Core.Timeouts;

namespace OrderConsole.Api;

/// <summary><c>/api/processing</c>: whether consoles claim due orders, and stopping and starting that on all of them.</summary>
internal static class ProcessingApi
{
    public static void MapProcessing(this IEndpointRouteBuilder api)
    {
        api.MapGet("/processing", LookAsync).WithName("getProcessing").WithSummary("Whether due orders are worked on, on all consoles.");
        api.MapPost("/processing/pause", PauseAsync).Requires(Permissions.Pause).WithName("pauseProcessing").WithSummary("Have every console claim nothing more. Placing and paying go on.")
            .WithProblems(RefusalCodes.PausedAlready, OperationRefusedException.ReadOnly).WithBodyProblems();
        api.MapPost("/processing/resume", ResumeAsync).Requires(Permissions.Pause).WithName("resumeProcessing").WithSummary("Have every console claim again, within 2 seconds.")
            .WithProblems(RefusalCodes.NotPaused, OperationRefusedException.ReadOnly).WithBodyProblems();
    }

    private static async Task<Ok<ProcessingBody>> LookAsync(ProcessingSwitch processing, CancellationToken cancel) =>
        TypedResults.Ok(ProcessingBody.Of(await processing.ReadAsync(cancel)));

    private static Task<Ok<ProcessingBody>> PauseAsync(ReasonBody body, OneTarget gate, ProcessingSwitch processing, CancellationToken cancel) =>
        ActAsync(PauseProcessing.ActionName, body, gate, processing, cancel);

    private static Task<Ok<ProcessingBody>> ResumeAsync(ReasonBody body, OneTarget gate, ProcessingSwitch processing, CancellationToken cancel) =>
        ActAsync(ResumeProcessing.ActionName, body, gate, processing, cancel);

    private static async Task<Ok<ProcessingBody>> ActAsync(string action, ReasonBody body, OneTarget gate, ProcessingSwitch processing, CancellationToken cancel)
    {
        await gate.DoAsync(action, PauseProcessing.Target, OperationParameters.None, body.Reason, cancel);
        return await LookAsync(processing, cancel);
    }
}

/// <param name="Paused">Whether every console claims nothing.</param>
/// <param name="At">Since when; the three fields are null while it runs.</param>
public sealed record ProcessingBody(bool Paused, DateTimeOffset? At, string? By, string? Reason)
{
    internal static ProcessingBody Of(ProcessingPause? pause) => new(pause is not null, pause?.At, pause?.By, pause?.Reason);
}
