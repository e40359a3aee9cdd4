using Microsoft.AspNetCore.Components;
using OrderConsole.Access;
using OrderConsole.Components.Operations;
using OrderConsole.Components.Shared;
using OrderConsole.Core.Access;

namespace OrderConsole.Components.People;

/// <summary>Who may sign in, and as what.</summary>
public sealed partial class UsersPage
{
    private enum UserStep { Create, Role, Password, ResetFactor, Disable, Enable }

    private string _name = "", _password = "", _own = "", _role = Roles.Viewer;

    [Inject] private UserAdmin Admin { get; set; } = default!;
    [Inject] private OwnAccount Account { get; set; } = default!;
    [Inject] private Visitor Visitor { get; set; } = default!;
    [Inject] private ILogger<UsersPage> Log { get; set; } = default!;

    private Load<List<ConsoleUser>> Users { get; set; } = default!;
    /// <summary>What the dialog is about; null while it is closed.</summary>
    private UserStep? Step { get; set; }
    private ConsoleUser? Chosen { get; set; }
    private bool IsBusy { get; set; }
    private string? Fault { get; set; }
    /// <summary>The sign-in is a while ago: the password is asked for again.</summary>
    private bool NeedsOwnPassword { get; set; }

    private string Title => Step is { } step ? Text[$"Users.Step.{step}"] : "";
    private string Will => Text[$"Users.Will.{Step}", Chosen?.UserName ?? ""];

    protected override void OnInitialized()
    {
        base.OnInitialized();
        Users = NewLoad<List<ConsoleUser>>();
    }

    protected override Task OnQueryAsync() => Users.RunAsync(Admin.ListAsync);

    private void Ask(UserStep step, ConsoleUser? user) =>
        (Step, Chosen, Fault, NeedsOwnPassword, _name, _password, _own, _role) = (step, user, null, false, "", "", "", user?.Role ?? Roles.Viewer);

    private void Close(bool _) => Step = null;

    private async Task DoAsync()
    {
        if (IsBusy || Step is not { } step) return;
        (IsBusy, Fault) = (true, null);
        try
        {
            var by = await Visitor.OperatorAsync();
            if (NeedsOwnPassword) await Account.ConfirmAsync(_own, by, Leaving);
            await (step switch
            {
                UserStep.Create => Admin.CreateAsync(_name.Trim(), _password, _role, by, Leaving),
                UserStep.Role => Admin.SetRoleAsync(Chosen!.Id, _role, by, Leaving),
                UserStep.ResetFactor => Admin.ResetSecondFactorAsync(Chosen!.Id, by, Leaving),
                UserStep.Password => Admin.SetPasswordAsync(Chosen!.Id, _password, by, Leaving),
                _ => Admin.SetEnabledAsync(Chosen!.Id, step == UserStep.Enable, by, Leaving),
            });
            Step = null;
            Notices.Say(Text["Users.Done"]);
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
