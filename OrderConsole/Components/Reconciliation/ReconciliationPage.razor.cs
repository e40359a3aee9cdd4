using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using OrderConsole.Components.Shared;
using OrderConsole.Core.Data;
using OrderConsole.Core.Diagnostics.Drift;
using OrderConsole.Core.Timeouts;

namespace OrderConsole.Components.Reconciliation;

/// <summary>
/// Where queue and locks differ from the database, by class. Counts follow the latest comparison; the rows of one class
/// stay as they were read until somebody compares anew or has repaired something.
/// </summary>
public sealed partial class ReconciliationPage
{
    private bool _isFollowing;

    [Inject] private DriftWatch Watch { get; set; } = default!;
    [Inject] private IOptions<TimeoutOptions> Options { get; set; } = default!;

    private Load<DriftReport> Report { get; set; } = default!;
    private DriftClass Selected { get; set; }

    /// <summary>What the counts are taken from; never older than the rows.</summary>
    private DriftReport Now => Watch.Last is { } last && last.At >= Report.Value!.At ? last : Report.Value!;

    private string Compared => Text["Drift.Compared", Figures.Count(Now.Orders), Text.Unit(Now.Orders, "Orders"), Figures.Count(Now.Entries), Text.Unit(Now.Entries, "Entries"),
        Figures.Count(Now.Locks), Text.Unit(Now.Locks, "Locks"), Text.Duration(Now.Took)];

    protected override void OnInitialized()
    {
        Report = NewLoad<DriftReport>();
        base.OnInitialized();
    }

    protected override Task OnQueryAsync()
    {
        Selected = Query.One<DriftClass>("class") ?? DriftClass.Lost;
        if (Query.YesNo("run") == true && RendererInfo.IsInteractive)
        {
            // A reload of the page shall not run it again.
            Navigation.NavigateTo(Query.With(("run", null)), replace: true);
            return CompareAsync();
        }
        return Report.HasValue ? Task.CompletedTask : Report.RunAsync(cancel => Watch.LookAsync(isFresh: false, cancel));
    }

    protected override void OnSnapshot()
    {
        if (RendererInfo.IsInteractive && Report is { HasValue: true, IsLoading: false } && !_isFollowing) _ = FollowAsync();
    }

    private async Task FollowAsync()
    {
        _isFollowing = true;
        try
        {
            await Watch.LookAsync(isFresh: false, Leaving);
            StateHasChanged();
        }
        catch (OperationCanceledException) when (Leaving.IsCancellationRequested)
        {
        }
        catch (StoreUnavailableException)
        {
            // The shell tells which store is away; the counts say of when they are.
        }
        finally
        {
            _isFollowing = false;
        }
    }

    private Task CompareAsync() => Report.RunAsync(cancel => Watch.LookAsync(isFresh: true, cancel));

    private int PageNo(DriftReport shown) => Math.Clamp(Query.Page(), 1, Math.Max(1, (shown[Selected].Rows.Count + Query.Size() - 1) / Query.Size()));

    private IReadOnlyList<DriftRow> PageOf(DriftReport shown) => [.. shown[Selected].Rows.Skip((PageNo(shown) - 1) * Query.Size()).Take(Query.Size())];
}
