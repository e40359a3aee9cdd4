using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Localization;

namespace OrderConsole.Components.Shared;

/// <summary>
/// What every page has: its texts, the state in its address, and loads that end with it. A page overrides
/// <see cref="OnQueryAsync"/> to read its filters and load; it is called when the page is interactive, and again
/// whenever only the query of its address changes.
/// </summary>
public abstract class ConsolePage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private readonly List<IDisposable> _loads = [];
    private string _path = "";

    [Inject] protected IStringLocalizer<SharedResources> Text { get; set; } = default!;
    [Inject] protected NavigationManager Navigation { get; set; } = default!;
    [Inject] protected Notices Notices { get; set; } = default!;
    [Inject] private ILoggerFactory Logs { get; set; } = default!;

    protected PageQuery Query { get; private set; } = default!;
    /// <summary>Cancelled when the page is left.</summary>
    protected CancellationToken Leaving => _leaving.Token;

    protected virtual Task OnQueryAsync() => Task.CompletedTask;

    /// <summary>Made once, in <c>OnInitialized</c>; shown by <see cref="LoadView{T}"/>.</summary>
    protected Load<T> NewLoad<T>()
    {
        var load = new Load<T>(() => _ = InvokeAsync(StateHasChanged), Logs.CreateLogger(GetType()));
        _loads.Add(load);
        return load;
    }

    protected override void OnInitialized()
    {
        Query = PageQuery.Of(Navigation.Uri);
        _path = new Uri(Navigation.Uri).AbsolutePath;
        Navigation.LocationChanged += Moved;
    }

    protected override Task OnInitializedAsync() => RendererInfo.IsInteractive ? ReadQueryAsync() : Task.CompletedTask;

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (!disposing) return;
        Navigation.LocationChanged -= Moved;
        foreach (var load in _loads) load.Dispose();
        _leaving.Cancel();
        _leaving.Dispose();
    }

    private void Moved(object? sender, LocationChangedEventArgs change)
    {
        if (new Uri(change.Location).AbsolutePath != _path) return;
        Query = PageQuery.Of(change.Location);
        _ = InvokeAsync(async () =>
        {
            await ReadQueryAsync();
            StateHasChanged();
        });
    }

    private async Task ReadQueryAsync()
    {
        var reading = OnQueryAsync();
        if (Query.Ignored.Count > 0) Notices.Say(Text["Query.Ignored", string.Join(", ", Query.Ignored)]);
        await reading;
    }
}
