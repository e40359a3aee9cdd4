using Microsoft.AspNetCore.Components;
using OrderConsole.Access;
using OrderConsole.Components.Shared;
using OrderConsole.Core.Access;

namespace OrderConsole.Components.People;

/// <summary>Who may sign in, and as what.</summary>
public sealed partial class UsersPage
{
    private enum UserStep { Create, Role, Password, ResetFactor, Disable, Enable }

    private string _name = "", _password = "", _role = Roles.Viewer;
    private HashSet<string> _beyond = [];

    [Inject] private UserAdmin Admin { get; set; } = default!;

    private Load<List<ConsoleUser>> Users { get; set; } = default!;
    /// <summary>What the dialog is about; null while it is closed.</summary>
    private List<string> Beyond => [.. Permissions.All.Except(Roles.PermissionsOf(_role))];
    private UserStep? Step { get; set; }
    private ConsoleUser? Chosen { get; set; }

    private string Title => Step is { } step ? Text[$"Users.Step.{step}"] : "";
    private string Will => Text[$"Users.Will.{Step}", Chosen?.UserName ?? ""];

    protected override void OnInitialized()
    {
        base.OnInitialized();
        Users = NewLoad<List<ConsoleUser>>();
    }

    protected override Task OnQueryAsync() => Users.RunAsync(Admin.ListAsync);

    private void Ask(UserStep step, ConsoleUser? user)
    {
        BeginDialog();
        (Step, Chosen, _name, _password, _role) = (step, user, "", "", user?.Role ?? Roles.Viewer);
        _beyond = [.. Permissions.Parse(user?.ExtraPermissions ?? "")];
    }

    private void Toggle(string permission)
    {
        if (!_beyond.Remove(permission)) _beyond.Add(permission);
    }

    private void Close(bool _) => Step = null;

    private Task DoAsync() => Step is not { } step ? Task.CompletedTask : DoAsync(async by =>
    {
        await (step switch
        {
            UserStep.Create => Admin.CreateAsync(_name.Trim(), _password, _role, by, Leaving),
            UserStep.Role => Admin.SetRoleAsync(Chosen!.Id, _role, _beyond, by, Leaving),
            UserStep.ResetFactor => Admin.ResetSecondFactorAsync(Chosen!.Id, by, Leaving),
            UserStep.Password => Admin.SetPasswordAsync(Chosen!.Id, _password, by, Leaving),
            _ => Admin.SetEnabledAsync(Chosen!.Id, step == UserStep.Enable, by, Leaving),
        });
        Step = null;
        Notices.Say(Text["Users.Done"]);
    });
}
