using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using OrderConsole.Components.Shared;
using OrderConsole.Core.Diagnostics.WhyStillHere;

namespace OrderConsole.Components.Why;

/// <summary>The question on every page: an order number, and why that order is where it is.</summary>
public sealed partial class WhyBox : IDisposable
{
    public const string Id = "why-box";

    private string _no = "";
    // A new number makes a new input, empty again.
    private int _turn;

    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;
    [Inject] private WhyReader Reader { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [Inject] private IJSRuntime Script { get; set; } = default!;
    [Inject] private ILogger<WhyBox> Log { get; set; } = default!;

    private Load<WhyAnswer> Answer { get; set; } = default!;

    protected override void OnInitialized()
    {
        Answer = NewAnswer();
        Navigation.LocationChanged += Left;
    }

    public void Dispose()
    {
        Navigation.LocationChanged -= Left;
        Answer.Dispose();
    }

    private Task AskAsync()
    {
        var no = _no.Trim();
        return no.Length == 0 ? Task.CompletedTask : Answer.RunAsync(cancel => Reader.ReadAsync(no, cancel));
    }

    private void Forget()
    {
        Answer.Dispose();
        Answer = NewAnswer();
        _no = "";
        _turn++;
    }

    private Load<WhyAnswer> NewAnswer() => new(() => _ = InvokeAsync(StateHasChanged), Log);

    // A link of the answer leads to another page; the box in front of it would only hide that.
    private void Left(object? sender, LocationChangedEventArgs change)
    {
        if (Answer.HasValue) _ = InvokeAsync(async () => await Script.InvokeVoidAsync("orderConsole.closeDialog", Id));
    }
}
