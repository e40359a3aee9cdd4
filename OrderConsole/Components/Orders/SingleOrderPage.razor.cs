using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using OrderConsole.Components.Shared;
using OrderConsole.Core.Data;
using OrderConsole.Core.Operations;

namespace OrderConsole.Components.Orders;

/// <summary>One order with everything that happened to it; followed once a second while somebody looks and something can happen.</summary>
public sealed partial class SingleOrderPage
{
    private const int PrefixLength = 8;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _leaving = new();
    private DotNetObjectReference<SingleOrderPage>? _self;
    private bool _isWatched;
    private bool _isSeen = true;
    private string? _shown;

    [Inject] private OrderReader Reader { get; set; } = default!;
    [Inject] private LiveUpdates Live { get; set; } = default!;
    [Inject] private TimeProvider Time { get; set; } = default!;
    [Inject] private IJSRuntime Script { get; set; } = default!;

    [Parameter] public string No { get; set; } = "";

    private Load<OrderLook?> Found { get; set; } = default!;
    private OrderLook? Look { get; set; }
    private IReadOnlyList<TimelineLine> Timeline { get; set; } = [];
    /// <summary>What is shown could not be read again.</summary>
    private bool IsBehind { get; set; }
    private string? Prefix => Core.Orders.OrderNumber.IsValid(No) ? No[..Math.Min(PrefixLength, Math.Max(1, No.Length - 1))] : null;

    protected override void OnInitialized()
    {
        base.OnInitialized();
        Found = NewLoad<OrderLook?>();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == No || !RendererInfo.IsInteractive) return;
        _shown = No;
        await ReadAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        _self = DotNetObjectReference.Create(this);
        try
        {
            await Script.InvokeVoidAsync("orderConsole.watchVisibility", _self);
        }
        catch (JSDisconnectedException)
        {
        }
    }

    /// <summary>The browser says whether anybody can see the page.</summary>
    [JSInvokable]
    public void Seen(bool isSeen) => _isSeen = isSeen;

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _leaving.Cancel();
            _leaving.Dispose();
            _self?.Dispose();
        }
        base.Dispose(disposing);
    }

    private TargetSelection Target() => TargetSelection.Of(No);

    private async Task ReadAsync()
    {
        await Found.RunAsync(async cancel =>
        {
            var look = await Reader.ReadAsync(No, cancel);
            Show(look);
            return look;
        });
        if (Look is { IsFinal: false } && !_isWatched && !_leaving.IsCancellationRequested) _ = WatchAsync(_leaving.Token);
    }

    private async Task WatchAsync(CancellationToken leaving)
    {
        _isWatched = true;
        using var timer = new PeriodicTimer(Interval, Time);
        try
        {
            while (Look is { IsFinal: false } && await timer.WaitForNextTickAsync(leaving))
                if (_isSeen && !Live.IsPaused) await LookAgainAsync(Look, leaving);
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
        }
        finally
        {
            _isWatched = false;
        }
    }

    private async Task LookAgainAsync(OrderLook before, CancellationToken leaving)
    {
        try
        {
            var look = await Reader.AgainAsync(before, leaving);
            // Somebody's action may have brought a newer one meanwhile.
            if (Look == before) Show(look);
            IsBehind = false;
        }
        catch (StoreUnavailableException)
        {
            IsBehind = true;
        }
        StateHasChanged();
    }

    private void Show(OrderLook? look)
    {
        Look = look;
        Timeline = look is null ? [] : OrderTimeline.Of(look.Details, look.Entry, look.Lock, look.At);
    }
}
