using Microsoft.AspNetCore.Components;
using OrderConsole.Components.Shared;
using OrderConsole.Core.Operations;

namespace OrderConsole.Components.Operations;

/// <summary>What was done by people and programs, latest first.</summary>
public sealed partial class OperationsPage
{
    private const int MaxTarget = 256;

    [Inject] private OperationQueries Queries { get; set; } = default!;

    private Load<OperationPage> Operations { get; set; } = default!;
    private string? Target { get; set; }
    private string Wanted { get; set; } = "";

    protected override void OnInitialized()
    {
        base.OnInitialized();
        Operations = NewLoad<OperationPage>();
    }

    protected override Task OnQueryAsync()
    {
        Target = Query.Text("target", MaxTarget);
        Wanted = Target ?? "";
        var (target, page, size) = (Target, Query.Page(), Query.Size());
        return Operations.RunAsync(cancel => Queries.PageAsync(target, page, size, cancel));
    }

    private void Search() => Navigation.NavigateTo(Query.With("target", Wanted));
}
