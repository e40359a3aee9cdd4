using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using OrderConsole.Components.Operations;
using OrderConsole.Components.Shared;
using OrderConsole.Core.Audit;
using OrderConsole.Core.Data;

namespace OrderConsole.Components.Audit;

/// <summary>Who did what, latest first, and whether that can be believed.</summary>
public sealed partial class AuditPage
{
    private string? _who, _target, _action, _outcome;
    private DateTime? _from, _to;

    [Inject] private AuditQueries Queries { get; set; } = default!;
    [Inject] private AuditVerifier Verifier { get; set; } = default!;

    private Load<AuditPageOf> Rows { get; set; } = default!;
    private IReadOnlyList<string> Actions { get; set; } = [];
    private AuditFilter Filter { get; set; } = new();
    private AuditVerdict? Verdict { get; set; }
    private bool IsVerifying { get; set; }
    /// <summary>What is said of the verification, or null before one.</summary>
    private string? Words { get; set; }
    private bool IsFiltered => Filter != new AuditFilter();

    protected override void OnInitialized()
    {
        base.OnInitialized();
        Rows = NewLoad<AuditPageOf>();
    }

    protected override Task OnQueryAsync()
    {
        Filter = new(Query.Text("who", 256), Query.Text("action", 64), Query.Text("target", 256), Query.One<AuditOutcome>("outcome"), Query.Time("from"), Query.Time("to"),
            Query.Number("operation", 1, long.MaxValue));
        (_who, _target, _action, _outcome) = (Filter.Who, Filter.Target, Filter.Action ?? "", Filter.Outcome?.ToString() ?? "");
        // The last day that is asked for is whole.
        (_from, _to) = (Filter.From?.UtcDateTime.Date, Filter.To?.UtcDateTime.Date.AddDays(-1));
        var (filter, page, size) = (Filter, Query.Page(), Query.Size());
        return Rows.RunAsync(async cancel =>
        {
            var actions = await Queries.ActionsAsync(cancel);
            var rows = await Queries.PageAsync(filter, page, size, cancel);
            Actions = actions;
            return new AuditPageOf(rows.Items, rows.Page, rows.PageSize, rows.Total, rows.TotalIsExact);
        });
    }

    private void Search() => Navigation.NavigateTo(Query.With(("who", _who), ("target", _target), ("action", _action), ("outcome", _outcome),
        ("from", Day(_from)), ("to", Day(_to?.AddDays(1))), ("operation", null)));

    private static string? Day(DateTime? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private async Task VerifyAsync()
    {
        (IsVerifying, Verdict, Words) = (true, null, Text["Audit.Verifying", "0", "…"]);
        try
        {
            Verdict = await Verifier.VerifyAsync(Leaving, (read, all) => _ = InvokeAsync(() =>
            {
                if (!IsVerifying) return;
                Words = Text["Audit.Verifying", Figures.Count(read), Figures.Count(all)];
                StateHasChanged();
            }));
            Words = Said(Verdict);
        }
        catch (StoreUnavailableException away)
        {
            Words = Text["Operation.Away", away.Store];
        }
        catch (OperationCanceledException) when (Leaving.IsCancellationRequested)
        {
            return;
        }
        finally
        {
            IsVerifying = false;
        }
    }

    private string Said(AuditVerdict verdict) => verdict.Fault is { } fault
        ? Text[$"Audit.Fault.{fault}", Figures.Count(verdict.Broken ?? 0)]
        : Text["Audit.Whole", Figures.Count(verdict.Rows), Figures.Count(verdict.Anchors), Text.Duration(verdict.Took)];

    private string ActionName(string action) => Text[$"Action.{action}"] is { ResourceNotFound: false } known ? known : Text[$"Audit.Action.{action}"] is { ResourceNotFound: false } own ? own : action;

    private static string From(AuditRow row) => string.Join(", ", new[] { row.Role, row.Source, row.Credential, row.Address }.OfType<string>());

    private static string? Change(AuditRow row) => (row.Before, row.After) switch
    {
        (null, null) => null,
        (null, { } after) => after,
        ({ } before, null) => before,
        ({ } before, { } after) => $"{before} → {after}",
    };

    private static string? UrlOf(AuditRow row) => row.Target is not { } target ? null
        : row.OperationId is { } id && target == string.Create(CultureInfo.InvariantCulture, $"operation {id}") ? OperationDialog.UrlOf(id)
        : ActionTexts.TargetsOrders(row.Action) && OrderConsole.Core.Orders.OrderNumber.IsValid(target) ? OrderNo.UrlOf(target)
        : ActionTexts.OfJobs.Contains(row.Action) ? "/jobs"
        : null;

    private string ExportUrl(string format)
    {
        var url = "/api/audit/export?format=" + format;
        foreach (var (name, value) in new[]
        {
            ("who", Filter.Who), ("action", Filter.Action), ("target", Filter.Target), ("outcome", Filter.Outcome?.ToString()),
            ("from", Filter.From?.ToString("o", CultureInfo.InvariantCulture)), ("to", Filter.To?.ToString("o", CultureInfo.InvariantCulture)),
            ("operation", Filter.OperationId?.ToString(CultureInfo.InvariantCulture)),
        })
            if (value is not null) url = QueryHelpers.AddQueryString(url, name, value);
        return url;
    }

    /// <summary>A page of rows; Blazor's own class has the name of the core's.</summary>
    private sealed record AuditPageOf(IReadOnlyList<AuditRow> Items, int Page, int PageSize, int Total, bool TotalIsExact);
}
