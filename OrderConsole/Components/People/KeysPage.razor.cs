using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using OrderConsole.Access;
using OrderConsole.Components.Operations;
using OrderConsole.Components.Shared;
using OrderConsole.Core.Access;

namespace OrderConsole.Components.People;

/// <summary>What programs sign in with.</summary>
public sealed partial class KeysPage
{
    private readonly HashSet<string> _scopes = [];
    private string _name = "", _own = "";
    private int? _days;

    [Inject] private KeyAdmin Admin { get; set; } = default!;
    [Inject] private OwnAccount Account { get; set; } = default!;
    [Inject] private Visitor Visitor { get; set; } = default!;
    [Inject] private AuthenticationStateProvider Authentication { get; set; } = default!;
    [Inject] private TimeProvider Time { get; set; } = default!;
    [Inject] private ILogger<KeysPage> Log { get; set; } = default!;

    private Load<List<ApiKey>> Keys { get; set; } = default!;
    private bool IsOpen { get; set; }
    private bool IsBusy { get; set; }
    /// <summary>The key that is to be revoked; null when one is made.</summary>
    private ApiKey? Chosen { get; set; }
    /// <summary>Of the key that was just made, until the dialog is closed.</summary>
    private string? Secret { get; set; }
    private string? Fault { get; set; }
    /// <summary>The sign-in is a while ago: the password is asked for again.</summary>
    private bool NeedsOwnPassword { get; set; }

    private string Title => Chosen is not null ? Text["Keys.Revoke"] : Secret is null ? Text["Keys.New"] : Text["Keys.Made.Title"];

    protected override void OnInitialized()
    {
        base.OnInitialized();
        Keys = NewLoad<List<ApiKey>>();
    }

    protected override Task OnQueryAsync() => Keys.RunAsync(Admin.ListAsync);

    private void AskNew()
    {
        (IsOpen, Chosen, Secret, Fault, NeedsOwnPassword, _name, _own, _days) = (true, null, null, null, false, "", "", null);
        _scopes.Clear();
    }

    private void AskRevoke(ApiKey key) => (IsOpen, Chosen, Secret, Fault) = (true, key, null, null);

    private void Close(bool _) => (IsOpen, Secret) = (false, null);

    private void Toggle(string scope)
    {
        if (!_scopes.Remove(scope)) _scopes.Add(scope);
    }

    private Task CreateAsync() => DoAsync(async () =>
    {
        var may = (await Authentication.GetAuthenticationStateAsync()).User;
        DateTimeOffset? ends = _days is { } days ? Time.GetUtcNow().AddDays(days) : null;
        (_, Secret) = await Admin.CreateAsync(_name.Trim(), [.. _scopes], ends, may.May, await Visitor.OperatorAsync(), Leaving);
    });

    private Task RevokeAsync() => DoAsync(async () =>
    {
        await Admin.RevokeAsync(Chosen!.Id, await Visitor.OperatorAsync(), Leaving);
        IsOpen = false;
    });

    private async Task DoAsync(Func<Task> work)
    {
        if (IsBusy) return;
        (IsBusy, Fault) = (true, null);
        try
        {
            if (NeedsOwnPassword) await Account.ConfirmAsync(_own, await Visitor.OperatorAsync(), Leaving);
            await work();
            await OnQueryAsync();
        }
        catch (AccountRefusedException refused)
        {
            Fault = Text[$"Users.Refused.{refused.Code}"];
            NeedsOwnPassword |= refused.Code == AccountRefusedException.Confirm;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            Fault = OperationFault.Of(error, Text, Log).Words;
        }
        finally
        {
            IsBusy = false;
        }
    }
}
