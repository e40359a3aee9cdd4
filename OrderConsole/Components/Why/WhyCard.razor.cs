using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Components.Orders;
using OrderConsole.Components.Shared;
using OrderConsole.Core.Diagnostics.WhyStillHere;

namespace OrderConsole.Components.Why;

/// <summary>"Why is this order still here?" on the order's page; asked again when what the page knows of the order has changed.</summary>
public sealed partial class WhyCard : IDisposable
{
    private object? _asked;

    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;
    [Inject] private WhyReader Reader { get; set; } = default!;
    [Inject] private ILogger<WhyCard> Log { get; set; } = default!;

    [Parameter, EditorRequired] public OrderLook Look { get; set; } = default!;
    /// <summary>Something was done: the page is old.</summary>
    [Parameter] public EventCallback OnDone { get; set; }

    private Load<WhyAnswer> Answer { get; set; } = default!;

    protected override void OnInitialized() => Answer = new(() => _ = InvokeAsync(StateHasChanged), Log);

    protected override Task OnParametersSetAsync()
    {
        var known = (Look.Order.No, Look.Order.Version, Look.Entry?.State, Look.Entry?.DueAt, Look.Lock?.Token);
        if (known.Equals(_asked)) return Task.CompletedTask;
        _asked = known;
        return AskAsync();
    }

    public void Dispose() => Answer.Dispose();

    private Task AskAsync() => Answer.RunAsync(cancel => Reader.ReadAsync(Look.Order.No, cancel));

    private async Task DoneAsync()
    {
        await OnDone.InvokeAsync();
        await AskAsync();
    }
}
