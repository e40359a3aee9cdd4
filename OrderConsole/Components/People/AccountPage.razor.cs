using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Components;
using OrderConsole.Access;
using OrderConsole.Components.Shared;
using OrderConsole.Core.Access;
using QRCoder;

namespace OrderConsole.Components.People;

/// <summary>One's own account: password, second factor, and where one is signed in.</summary>
public sealed partial class AccountPage
{
    private enum AccountStep { Password, FactorOn, FactorOff, EndOne, EndOthers, Everywhere }

    private sealed record AccountView(ConsoleUser User, int CodesLeft, IReadOnlyList<ConsoleSession> Sessions, string? Here);

    private string _password = "", _again = "", _code = "";

    [Inject] private SecondFactor Factor { get; set; } = default!;

    private Load<AccountView> Account { get; set; } = default!;
    /// <summary>Opened with an API key: there is no account.</summary>
    private bool IsProgram { get; set; }
    private AccountStep? Step { get; set; }
    private ConsoleSession? Chosen { get; set; }
    private string Secret { get; set; } = "";
    private string QrBox { get; set; } = "";
    private string QrPath { get; set; } = "";
    private IReadOnlyList<string>? RecoveryCodes { get; set; }

    private string Title => RecoveryCodes is not null ? Text["Account.Recovery.Title"] : Step is { } step ? Text[$"Account.Step.{step}"] : "";

    protected override void OnInitialized()
    {
        base.OnInitialized();
        Account = NewLoad<AccountView>();
    }

    protected override async Task OnQueryAsync()
    {
        var by = await Visitor.OperatorAsync();
        IsProgram = by.UserId is null;
        if (IsProgram) return;
        await Account.RunAsync(async cancel =>
        {
            var user = await Own.ReadAsync(by, cancel);
            return new AccountView(user, await Factor.RecoveryCodesLeftAsync(user.Id, cancel), await Own.SessionsAsync(by, cancel), by.Session);
        });
    }

    private async Task Ask(AccountStep step, ConsoleSession? session = null)
    {
        BeginDialog();
        (Step, Chosen, RecoveryCodes, _password, _again, _code) = (step, session, null, "", "", "");
        if (step != AccountStep.FactorOn) return;
        var link = "";
        (Secret, link) = SecondFactor.New((await Visitor.OperatorAsync()).Name);
        (QrBox, QrPath) = Draw(link);
    }

    private void Close(bool _) => (Step, RecoveryCodes, Secret) = (null, null, "");

    private Task DoAsync() => Step is not { } step ? Task.CompletedTask : DoAsync(async by =>
    {
        if (step == AccountStep.Password && _password != _again) throw new AccountRefusedException(AccountRefusedException.Differ);
        if (step == AccountStep.FactorOn) RecoveryCodes = await Own.TurnSecondFactorOnAsync(Secret, _code, by, Leaving);
        else await (step switch
        {
            AccountStep.Password => Own.SetPasswordAsync(OwnPassword, _password, by, Leaving),
            AccountStep.FactorOff => Own.TurnSecondFactorOffAsync(by, Leaving),
            _ => Own.EndSessionAsync(Chosen?.Id, by, Leaving),
        });
        if (RecoveryCodes is null) Step = null;
        Notices.Say(Text[$"Account.Done.{step}"]);
    });

    // As one path of squares: the policy of the page allows no image from elsewhere, and none is needed.
    private static (string Box, string Path) Draw(string link)
    {
        using var code = QRCodeGenerator.GenerateQrCode(link, QRCodeGenerator.ECCLevel.M);
        var path = new StringBuilder();
        for (var y = 0; y < code.ModuleMatrix.Count; y++)
            for (var x = 0; x < code.ModuleMatrix[y].Length; x++)
                if (code.ModuleMatrix[y][x]) path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
        return (string.Create(CultureInfo.InvariantCulture, $"0 0 {code.ModuleMatrix.Count} {code.ModuleMatrix.Count}"), path.ToString());
    }
}
