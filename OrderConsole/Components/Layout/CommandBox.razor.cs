using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using OrderConsole.Access;
using OrderConsole.Components.Operations;
using OrderConsole.Components.Shared;
using OrderConsole.Core.Data;
using OrderConsole.Core.Operations;

namespace OrderConsole.Components.Layout;

/// <summary>Goes to an order, a page or an action by a few typed characters.</summary>
public sealed partial class CommandBox : IDisposable
{
    public const string Id = "commands";

    private CancellationTokenSource? _search;
    private Task _searching = Task.CompletedTask;

    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [Inject] private IJSRuntime Script { get; set; } = default!;
    [Inject] private CommandSearch Search { get; set; } = default!;

    [Inject] private OperationDialogs Dialogs { get; set; } = default!;
    [Inject] private OperationGate Gate { get; set; } = default!;

    [CascadingParameter] private Task<AuthenticationState> SignedIn { get; set; } = default!;

    private ClaimsPrincipal User { get; set; } = new();
    private IReadOnlyList<Found> Lines { get; set; } = [];
    private int Active { get; set; }
    private string Said { get; set; } = "";

    private IEnumerable<IGrouping<string, (Found Line, int Index)>> Groups => Lines.Select((line, index) => (line, index)).GroupBy(l => l.line.Group);

    private static string IdOf(int index) => $"command-{index}";

    protected override async Task OnInitializedAsync()
    {
        User = (await SignedIn).User;
        Show(CommandSearch.Named(""));
    }

    public void Dispose() => _search?.Cancel();

    private Task TypedAsync(ChangeEventArgs change) => _searching = FindAsync((change.Value as string ?? "").Trim());

    private async Task FindAsync(string text)
    {
        _search?.Cancel();
        using var mine = _search = new CancellationTokenSource();
        var named = CommandSearch.Named(text);
        try
        {
            var orders = await Search.OrdersAsync(text, mine.Token);
            if (_search == mine) Show([.. orders, .. named]);
        }
        catch (OperationCanceledException) when (_search != mine)
        {
        }
        catch (StoreUnavailableException away)
        {
            if (_search != mine) return;
            Show(named);
            Said = Text["Load.Away", away.Store];
        }
        finally
        {
            if (_search == mine) _search = null;
        }
    }

    private async Task PressedAsync(KeyboardEventArgs key)
    {
        switch (key.Key)
        {
            case "ArrowDown" when Lines.Count > 0: Active = (Active + 1) % Lines.Count; break;
            case "ArrowUp" when Lines.Count > 0: Active = (Active + Lines.Count - 1) % Lines.Count; break;
            case "Enter" when !key.IsComposing:
                // What was typed before Enter counts, also when its answer is still on the way.
                await _searching;
                if (Active < Lines.Count) await ChooseAsync(Lines[Active]);
                break;
        }
    }

    private async Task ChooseAsync(Found line)
    {
        await Script.InvokeVoidAsync("orderConsole.closeDialog", Id);
        if (line.Does is { } action) _ = Dialogs.OpenAsync(action);
        if (line.Opens is { } dialog) await Script.InvokeVoidAsync("orderConsole.openDialog", dialog);
        if (line.Url is not { } url) return;
        if (line.IsReload) url += Navigation.From();
        Navigation.NavigateTo(url, forceLoad: line.IsReload);
    }

    private void Forget()
    {
        _search?.Cancel();
        _search = null;
        Show(CommandSearch.Named(""));
    }

    private void Show(IReadOnlyList<Found> found)
    {
        // What somebody may not do is not offered to them; it is refused all the same.
        IReadOnlyList<Found> lines = [.. found.Where(line => line.Does is null || User.May(Gate.PermissionOf(line.Does.Action)))];
        (Lines, Active) = (lines, 0);
        Said = lines.Count == 0 ? Text["Commands.None"] : Text["Commands.Count", Figures.Count(lines.Count)];
    }
}
