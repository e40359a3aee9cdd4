using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Components.Operations;
using OrderConsole.Components.Shared;
using OrderConsole.Core.Operations;
using OrderConsole.Jobs;

namespace OrderConsole.Components.Jobs;

/// <summary>Changes when a job runs: says while somebody types what it means and when it would run, or what is wrong.</summary>
public sealed partial class ScheduleForm
{
    private const int Times = 5;

    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;
    [Inject] private OperationDialogs Dialogs { get; set; } = default!;
    [Inject] private PageClock Clock { get; set; } = default!;
    [Inject] private JobPlan Plan { get; set; } = default!;

    [Parameter, EditorRequired] public JobRow Row { get; set; } = default!;
    [Parameter] public EventCallback Finished { get; set; }

    private string Cron { get; set; } = "";
    private Schedule? Typed { get; set; }
    private string? Fault { get; set; }
    private IReadOnlyList<DateTimeOffset> Next => Typed?.Next(Clock.Now, Times) ?? [];
    private bool CanSave => Typed is not null && Typed.Text != Row.Schedule?.Text;

    protected override void OnInitialized()
    {
        Cron = (Row.Schedule ?? Row.Setting)?.Shown ?? "";
        if (Cron.Length > 0) Read();
    }

    private void Read()
    {
        Typed = Schedule.TryRead(Cron, Plan.Zone, out var schedule, out var fault) ? schedule : null;
        Fault = fault is null ? null : Text.Fault(fault);
    }

    private async Task SaveAsync()
    {
        if (!CanSave) return;
        var request = new OperationRequest(RescheduleJob.ActionName, TargetSelection.Of(Row.Name), new() { Cron = Cron.Trim() });
        if (await Dialogs.OpenAsync(request) is not null) await Finished.InvokeAsync();
    }
}
