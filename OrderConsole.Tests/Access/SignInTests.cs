using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using OrderConsole.Access;
using OrderConsole.Core.Access;
using OrderConsole.Core.Data;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Access;

/// <summary>Passwords, guesses and the first administrator.</summary>
public sealed class SignInTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.Postgres)]
    public async Task Twenty_setups_at_once_make_one_administrator(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var accounts = new Accounts(database.Orders, new PasswordHasher<ConsoleUser>(Options.Create(new PasswordHasherOptions { IterationCount = 10_000 })), TimeProvider.System);

        var made = await Task.WhenAll(Enumerable.Range(1, 20).Select(n => Task.Run(() => accounts.SetUpAsync($"admin{n}", "a quiet harbour at dawn", "", Cancel))));

        made.Count(m => m).ShouldBe(1);
        (await database.Orders.ReadAsync(db => db.Users.CountAsync(Cancel))).ShouldBe(1);
    }

    [Fact]
    public void A_thousand_guesses_from_one_address_do_not_lock_the_administrator_out_elsewhere()
    {
        var time = new FakeTimeProvider();
        var limits = new SignInLimits(time);
        var hashed = 0;
        for (var i = 0; i < 1_000; i++)
        {
            if (limits.Wait("admin", "10.0.0.1") is not null) continue;
            hashed++;
            limits.Failed("admin", "10.0.0.1");
        }
        hashed.ShouldBe(5);
        limits.Wait("ADMIN", "10.0.0.1").ShouldNotBeNull("the name is the same however it is written");
        limits.Wait("admin", "10.0.0.2").ShouldBeNull();
        time.Advance(TimeSpan.FromSeconds(2));
        limits.Wait("admin", "10.0.0.1").ShouldBeNull("the first delay is short");
        limits.Failed("admin", "10.0.0.1");
        time.Advance(TimeSpan.FromSeconds(1.5));
        limits.Wait("admin", "10.0.0.1").ShouldNotBeNull("each delay is longer than the one before");
    }

    [Theory]
    [InlineData("short", "too_short")]
    [InlineData("password1234", "common")]
    [InlineData("P@ssw0rd2024!", "common")]
    [InlineData("OrderConsole1", "common")]
    [InlineData("qwertyuiop12", "common")]
    [InlineData("aaaaaaaaaaaaaaaa", "common")]
    [InlineData("mary.poppins", "common")]
    [InlineData("a quiet harbour at dawn", null)]
    [InlineData("mvkeixyqpwlz", null)]
    [InlineData("海边的清晨有一只白色的鸟", null)]
    public void Passwords_are_judged_by_length_and_by_what_everybody_tries(string password, string? wrong) =>
        PasswordRules.WhatIsWrong(password, "mary.poppins").ShouldBe(wrong);

    [Fact]
    public void Passwords_cost_what_they_should_unless_a_setting_says_otherwise() => new AccessOptions().PasswordIterations.ShouldBe(220_000);
}
