using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Data;
using OtpNet;

namespace OrderConsole.Access;

/// <summary>
/// Codes of an app on the user's phone, by time (RFC 6238: 6 digits, 30 seconds, one step early or late), and recovery codes for
/// who lost it. Each is good once.
/// </summary>
public sealed class SecondFactor(OrderDatabase database, IDataProtectionProvider protection, TimeProvider time)
{
    private const string Provider = "second factor", Secret = "secret", Step = "step", Recovery = "recovery ", Issuer = "OrderConsole";
    private const int SecretBytes = 20, RecoveryCodes = 10, RecoveryLength = 16, Digits = 6;
    // Without letters and digits that look alike: 80 bits.
    private const string RecoveryLetters = "abcdefghjkmnpqrstuvwxyz23456789";

    private readonly IDataProtector _protector = protection.CreateProtector("OrderConsole.SecondFactor");

    /// <summary>A new secret in Base32, which nothing knows yet, and the address that an app reads it from.</summary>
    public static (string Secret, string Link) New(string userName)
    {
        var secret = Base32Encoding.ToString(KeyGeneration.GenerateRandomKey(SecretBytes)).TrimEnd('=');
        return (secret, new OtpUri(OtpType.Totp, secret, userName, Issuer).ToString());
    }

    /// <summary>Which step this code is of, or null when it is of none near now.</summary>
    public long? StepOf(string secret, string code) =>
        code.Length == Digits && new Totp(Base32Encoding.ToBytes(secret)).VerifyTotp(time.GetUtcNow().UtcDateTime, code, out var step, VerificationWindow.RfcSpecifiedNetworkDelay) ? step : null;

    /// <summary>Writes secret and new recovery codes; part of the caller's unit of work.</summary>
    /// <returns>The recovery codes, which stand nowhere else.</returns>
    public async Task<IReadOnlyList<string>> TurnOnAsync(OrdersDb db, long user, string secret, long usedStep, CancellationToken cancel)
    {
        await TurnOffAsync(db, user, cancel);
        var codes = Enumerable.Range(0, RecoveryCodes).Select(_ => RandomNumberGenerator.GetString(RecoveryLetters, RecoveryLength)).ToList();
        db.AddRange(codes.Select(code => Token(user, Recovery + HashOf(code), "")));
        db.AddRange(Token(user, Secret, _protector.Protect(secret)), Token(user, Step, Text(usedStep)));
        await db.SaveChangesAsync(cancel);
        await db.Users.Where(u => u.Id == user).ExecuteUpdateAsync(set => set.SetProperty(u => u.TwoFactorEnabled, true), cancel);
        return [.. codes.Select(code => string.Join('-', code.Chunk(4).Select(part => new string(part))))];
    }

    /// <summary>Part of the caller's unit of work.</summary>
    public static async Task TurnOffAsync(OrdersDb db, long user, CancellationToken cancel)
    {
        await db.UserTokens.Where(t => t.UserId == user && t.LoginProvider == Provider).ExecuteDeleteAsync(cancel);
        await db.Users.Where(u => u.Id == user).ExecuteUpdateAsync(set => set.SetProperty(u => u.TwoFactorEnabled, false), cancel);
    }

    public Task<int> RecoveryCodesLeftAsync(long user, CancellationToken cancel) =>
        database.ReadAsync(db => db.UserTokens.CountAsync(t => t.UserId == user && t.LoginProvider == Provider && t.Name.StartsWith(Recovery), cancel));

    /// <summary>Takes a code of the app or a recovery code, and makes sure that nobody takes it again.</summary>
    /// <returns>Whether it is one that was not used before.</returns>
    public async Task<bool> AcceptAsync(long user, string typed, CancellationToken cancel)
    {
        var code = new string([.. typed.Where(char.IsLetterOrDigit)]).ToLowerInvariant();
        if (code.Length == RecoveryLength) return await TakeAsync(db => db.UserTokens.Where(t => t.UserId == user && t.LoginProvider == Provider && t.Name == Recovery + HashOf(code)).ExecuteDeleteAsync(cancel), cancel);
        var stored = await database.ReadAsync(db => db.UserTokens.Where(t => t.UserId == user && t.LoginProvider == Provider && t.Name == Secret).Select(t => t.Value).SingleOrDefaultAsync(cancel));
        if (stored is null || StepOf(_protector.Unprotect(stored), code) is not { } step) return false;
        var text = Text(step);
        return await TakeAsync(db => db.UserTokens.Where(t => t.UserId == user && t.LoginProvider == Provider && t.Name == Step && string.Compare(t.Value, text) < 0)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.Value, text), cancel), cancel);
    }

    private async Task<bool> TakeAsync(Func<OrdersDb, Task<int>> take, CancellationToken cancel) => await database.WriteAsync(take, cancel) == 1;

    private static IdentityUserToken<long> Token(long user, string name, string value) => new() { UserId = user, LoginProvider = Provider, Name = name, Value = value };

    // As long as each other, so that texts compare as the numbers do.
    private static string Text(long step) => step.ToString("D12", CultureInfo.InvariantCulture);

    private static string HashOf(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(code)));
}
