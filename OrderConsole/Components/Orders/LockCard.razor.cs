using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Core.Data;
using OrderConsole.Core.Locks;
using OrderConsole.Core.Operations;
using OrderConsole.Core.Orders;

namespace OrderConsole.Components.Orders;

/// <summary>Who holds an order's lock, since when and for how long; whether it may be taken away, and what came of it when it was.</summary>
public sealed partial class LockCard
{
    private const int MostUnlocks = 5;

    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;
    [Inject] private LockVerdicts Verdicts { get; set; } = default!;
    [Inject] private ForceUnlocks History { get; set; } = default!;

    [Parameter, EditorRequired] public Order Order { get; set; } = default!;
    /// <summary>Null while it is free.</summary>
    [Parameter, EditorRequired] public LockInfo? Lock { get; set; }
    /// <summary>When it was looked at.</summary>
    [Parameter, EditorRequired] public DateTimeOffset At { get; set; }
    /// <summary>The lock was taken away: what is on the page is old.</summary>
    [Parameter] public EventCallback<Operation> Finished { get; set; }

    private OperationParameters Seen => new() { Token = Lock?.Token ?? "" };
    private LockVerdict? Verdict { get; set; }
    private IReadOnlyList<ForceUnlockRow> Unlocks { get; set; } = [];

    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive) return;
        var held = Lock;
        try
        {
            Unlocks = await History.OfAsync(Order.No, MostUnlocks, CancellationToken.None);
            var verdict = held is null ? null : (await Verdicts.JudgeAsync([held], await Verdicts.AroundAsync(CancellationToken.None), CancellationToken.None))[0].Verdict;
            if (Lock == held) Verdict = verdict;
        }
        catch (StoreUnavailableException)
        {
            // The page says that it is behind.
            Verdict = null;
        }
    }

    // Two machines' clocks may differ by a little.
    private static TimeSpan Positive(TimeSpan span) => span < TimeSpan.Zero ? TimeSpan.Zero : span;
}
