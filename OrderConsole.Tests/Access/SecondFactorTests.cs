using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using OrderConsole.Access;
using OrderConsole.Core.Access;
using OrderConsole.Core.Data;
using OrderConsole.Tests.Audit;
using OrderConsole.Tests.Support;
using OtpNet;

namespace OrderConsole.Tests.Access;

/// <summary>Codes of the phone, and those for who lost it: each is good once.</summary>
public sealed class SecondFactorTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // Appendix B of RFC 6238, SHA-1, the last six digits.
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(20000000000, "353130")]
    public async Task Codes_are_those_of_the_standard(long at, string code)
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        var secret = Base32Encoding.ToString("12345678901234567890"u8.ToArray());
        new SecondFactor(database.Orders, new EphemeralDataProtectionProvider(), new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(at))).StepOf(secret, code).ShouldBe(at / 30);
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.Postgres)]
    public async Task Each_code_is_good_once_and_near_its_time_alone(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var time = new FakeTimeProvider(new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
        var second = new SecondFactor(database.Orders, new EphemeralDataProtectionProvider(), time);
        var user = (await People.SignInAsync(database.Orders, "ann", Roles.Operator)).UserId!.Value;
        var (secret, link) = SecondFactor.New("ann");
        link.ShouldStartWith("otpauth://totp/OrderConsole:ann?secret=" + secret);
        string Code(int seconds) => new Totp(Base32Encoding.ToBytes(secret)).ComputeTotp(time.GetUtcNow().AddSeconds(seconds).UtcDateTime);
        var codes = await database.Orders.WriteAsync(db => second.TurnOnAsync(db, user, secret, second.StepOf(secret, Code(0))!.Value, Cancel), Cancel);

        (await second.AcceptAsync(user, Code(0), Cancel)).ShouldBeFalse("it turned the second factor on");
        time.Advance(TimeSpan.FromMinutes(2));
        (await second.AcceptAsync(user, Code(-60), Cancel)).ShouldBeFalse("two steps are too long ago");
        (await second.AcceptAsync(user, Code(60), Cancel)).ShouldBeFalse("two steps are too early");
        var taken = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => second.AcceptAsync(user, Code(0), Cancel))));
        taken.Count(t => t).ShouldBe(1);
        (await second.AcceptAsync(user, Code(-30), Cancel)).ShouldBeFalse("an earlier one than the last that was used");

        codes.Count.ShouldBe(10);
        (await second.AcceptAsync(user, codes[0].ToUpperInvariant(), Cancel)).ShouldBeTrue();
        (await second.AcceptAsync(user, codes[0], Cancel)).ShouldBeFalse("it was used");
        var again = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => second.AcceptAsync(user, codes[1], Cancel))));
        again.Count(t => t).ShouldBe(1);
        (await second.RecoveryCodesLeftAsync(user, Cancel)).ShouldBe(8);
        var kept = await database.Orders.ReadAsync(db => db.UserTokens.Select(t => t.Name + t.Value).ToListAsync(Cancel));
        string.Concat(kept).ShouldNotContain(secret);
        string.Concat(kept).ShouldNotContain(codes[2].Replace("-", "", StringComparison.Ordinal));
    }
}
