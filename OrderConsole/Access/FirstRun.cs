using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using OrderConsole.Core.Data;
using OrderConsole.Demo;

namespace OrderConsole.Access;

/// <summary>
/// No account comes with the console. While there is none, the start makes the one that the environment asks for, or
/// prints a link that makes one, once.
/// </summary>
internal sealed partial class FirstRun(
    Accounts accounts, IOptions<AccessOptions> options, IConfiguration configuration, IServer server, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<FirstRun> log) : BackgroundService
{
    public const string DemoUser = "demo";
    private const int TokenBytes = 16;
    private static readonly TimeSpan Valid = TimeSpan.FromMinutes(30), Retry = TimeSpan.FromMilliseconds(500), Patience = TimeSpan.FromSeconds(3);

    private readonly TaskCompletionSource _firstTry = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[]? _token;
    private DateTimeOffset _until;

    /// <summary>Whether a first administrator can be made with this token. Whether there is one already is for the database to say.</summary>
    public bool IsValid(string? token) => _token is { } wanted && token is not null && time.GetUtcNow() < _until
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(wanted)), Encoding.UTF8.GetBytes(token));

    /// <summary>The link leads nowhere from now on.</summary>
    public void Close() => _token = null;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        Check(options.Value.Setup);
        await base.StartAsync(cancellationToken);
        // With the database there, who calls first finds the account made; without it, the start goes on.
        await Task.WhenAny(_firstTry.Task, Task.Delay(Patience, time, cancellationToken));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var done = await TryAsync(stoppingToken);
            _firstTry.TrySetResult();
            if (done) return;
            await Task.Delay(Retry, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> TryAsync(CancellationToken cancel)
    {
        try
        {
            if (await accounts.AnyAsync(cancel)) return true;
            if (DemoMode.IsOn(configuration)) await MakeDemoUserAsync(cancel);
            else if (options.Value.Setup is { AdminUser.Length: > 0 } asked) await accounts.SetUpAsync(asked.AdminUser, asked.AdminPassword, asked.ApiKey, cancel);
            else PrintLink();
            return true;
        }
        catch (Exception e) when (e is StoreUnavailableException or System.Data.Common.DbException)
        {
            // Away, or its tables are still being made.
            return false;
        }
    }

    private async Task MakeDemoUserAsync(CancellationToken cancel)
    {
        var password = RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 16);
        if (await accounts.SetUpAsync(DemoUser, password, options.Value.Setup.ApiKey, cancel))
            lifetime.ApplicationStarted.Register(() => DemoSignIn(Address, DemoUser, password));
    }

    private void PrintLink()
    {
        _token = RandomNumberGenerator.GetBytes(TokenBytes);
        _until = time.GetUtcNow() + Valid;
        lifetime.ApplicationStarted.Register(() => SetupLink(Address, Convert.ToHexStringLower(_token), Valid.TotalMinutes));
    }

    private string Address => server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()?.TrimEnd('/') ?? "";

    private static void Check(SetupOptions setup)
    {
        if (setup.ApiKey.Length > 0 && !KeySecret.IsOne(setup.ApiKey)) throw Wrong("Access:Setup:ApiKey is oc_ and 43 characters of base64url (256 random bits).");
        if (setup.AdminUser.Length == 0) return;
        if (!UserNames.IsOne(setup.AdminUser)) throw Wrong("Access:Setup:AdminUser is 2 to 64 letters, digits and . _ - @");
        if (PasswordRules.WhatIsWrong(setup.AdminPassword, setup.AdminUser) is { } wrong)
            throw Wrong($"Access:Setup:AdminPassword will not do ({wrong}): {PasswordRules.Shortest} to {PasswordRules.Longest} characters, and none that everybody tries first.");
    }

    private static OptionsValidationException Wrong(string sentence) => new("Access:Setup", typeof(SetupOptions), [sentence]);

    [LoggerMessage(1501, LogLevel.Critical, "Nobody can sign in yet. Make the first administrator here, within {Minutes} minutes: {Address}/setup?token={Token}")]
    private partial void SetupLink(string address, string token, double minutes);

    [LoggerMessage(1502, LogLevel.Critical, "Sign in to the demo at {Address} as {User} with the password {Password}")]
    private partial void DemoSignIn(string address, string user, string password);
}
