using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Components.Shared;
using OrderConsole.Core.Locks;

namespace OrderConsole.Components.Locks;

/// <summary>Today's contention and near misses, and what to do about them.</summary>
public sealed partial class LockNumbersCard : IDisposable
{
    private const int MostLate = 10, MostCircles = 5;

    private DateTimeOffset? _shown;

    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;
    [Inject] private LockNumbers Numbers { get; set; } = default!;
    [Inject] private ForceUnlocks Unlocks { get; set; } = default!;
    [Inject] private LockCycles Cycles { get; set; } = default!;
    [Inject] private TimeProvider Time { get; set; } = default!;
    [Inject] private ILogger<LockNumbersCard> Log { get; set; } = default!;

    /// <summary>When the locks beside it were looked at: the numbers are read again with them.</summary>
    [Parameter, EditorRequired] public DateTimeOffset At { get; set; }

    private Load<LockReport> Report { get; set; } = default!;
    private IReadOnlyList<ForceUnlockRow> Late { get; set; } = [];
    private IReadOnlyList<LockCycle> Circles { get; set; } = [];

    protected override void OnInitialized() => Report = new(() => _ = InvokeAsync(StateHasChanged), Log);

    protected override Task OnParametersSetAsync()
    {
        if (_shown == At) return Task.CompletedTask;
        _shown = At;
        return Report.RunAsync(async cancel =>
        {
            var report = await Numbers.ReadAsync(Time.GetUtcNow(), cancel);
            Circles = await Cycles.SinceAsync(report.Day, MostCircles, cancel);
            Late = await Unlocks.LateAsync(report.Day, MostLate, cancel);
            return report;
        });
    }

    public void Dispose() => Report.Dispose();

    private static string Share(double? share, string format) => share?.ToString(format, CultureInfo.CurrentCulture) ?? Figures.Unread;
}
