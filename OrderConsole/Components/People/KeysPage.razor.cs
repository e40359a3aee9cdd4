using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using OrderConsole.Access;
using OrderConsole.Components.Shared;
using OrderConsole.Core.Access;

namespace OrderConsole.Components.People;

/// <summary>What programs sign in with.</summary>
public sealed partial class KeysPage
{
    private readonly HashSet<string> _scopes = [];
    private string _name = "";
    private int? _days;

    [Inject] private KeyAdmin Admin { get; set; } = default!;
    [Inject] private AuthenticationStateProvider Authentication { get; set; } = default!;
    [Inject] private TimeProvider Time { get; set; } = default!;

    private Load<List<ApiKey>> Keys { get; set; } = default!;
    private bool IsOpen { get; set; }
    /// <summary>The key that is to be revoked; null when one is made.</summary>
    private ApiKey? Chosen { get; set; }
    /// <summary>Of the key that was just made, until the dialog is closed.</summary>
    private string? Secret { get; set; }

    private string Title => Chosen is not null ? Text["Keys.Revoke"] : Secret is null ? Text["Keys.New"] : Text["Keys.Made.Title"];

    protected override void OnInitialized()
    {
        base.OnInitialized();
        Keys = NewLoad<List<ApiKey>>();
    }

    protected override Task OnQueryAsync() => Keys.RunAsync(Admin.ListAsync);

    private void AskNew()
    {
        Ask(null);
        (_name, _days) = ("", null);
        _scopes.Clear();
    }

    private void AskRevoke(ApiKey key) => Ask(key);

    private void Ask(ApiKey? key)
    {
        BeginDialog();
        (IsOpen, Chosen, Secret) = (true, key, null);
    }

    private void Close(bool _) => (IsOpen, Secret) = (false, null);

    private void Toggle(string scope)
    {
        if (!_scopes.Remove(scope)) _scopes.Add(scope);
    }

    private Task CreateAsync() => DoAsync(async by =>
    {
        var may = (await Authentication.GetAuthenticationStateAsync()).User;
        DateTimeOffset? ends = _days is { } days ? Time.GetUtcNow().AddDays(days) : null;
        (_, Secret) = await Admin.CreateAsync(_name.Trim(), [.. _scopes], ends, may.May, by, Leaving);
    });

    private Task RevokeAsync() => DoAsync(async by =>
    {
        await Admin.RevokeAsync(Chosen!.Id, by, Leaving);
        IsOpen = false;
    });
}
