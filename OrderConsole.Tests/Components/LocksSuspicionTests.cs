using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using OrderConsole.Components.Locks;
using OrderConsole.Components.Shared;
using OrderConsole.Core.Locks;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Telemetry;
using OrderConsole.Core.Timeouts;

namespace OrderConsole.Tests.Components;

public sealed class LocksSuspicionTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly HashSet<string> Alive = ["here:1:aaaa"];
    private static readonly IStringLocalizer Text = new ServiceCollection().AddLogging().AddLocalization(o => o.ResourcesPath = "Resources")
        .BuildServiceProvider().GetRequiredService<IStringLocalizer<SharedResources>>();

    [Fact]
    public void What_never_ends_is_worst_whatever_else_is_wrong() =>
        Judge(Ours("gone:2:bbbb", heldFor: 600) with { TimeLeft = null }, OrderStatus.Paid).ShouldBe(Suspect.Leaked);

    [Theory]
    [InlineData(OrderStatus.Paid, 5, Suspect.FinalOrder)]
    [InlineData(OrderStatus.Cancelled, 5, Suspect.FinalOrder)]
    [InlineData(OrderStatus.Cancelled, 4.9, Suspect.None)]
    [InlineData(OrderStatus.Pending, 5, Suspect.None)]
    [InlineData(OrderStatus.Pending, 60, Suspect.None)]
    [InlineData(OrderStatus.Pending, 60.1, Suspect.LongHeld)]
    public void An_order_that_is_final_needs_no_lock_after_a_moment_and_none_is_needed_for_long(OrderStatus status, double heldFor, Suspect suspect) =>
        Judge(Ours("here:1:aaaa", heldFor), status).ShouldBe(suspect);

    [Fact]
    public void An_owner_that_gives_no_sign_of_life_is_suspicious_only_when_the_signs_could_be_read()
    {
        Judge(Ours("gone:2:bbbb", 1), OrderStatus.Pending).ShouldBe(Suspect.OwnerGone);
        Judge(Ours("gone:2:bbbb", 1), OrderStatus.Pending, alive: null).ShouldBe(Suspect.Unclear);
    }

    [Fact]
    public void Of_another_programs_lock_nobody_knows_whether_somebody_works_under_it()
    {
        var foreign = new LockInfo("A-1", null, "billing", null, TimeSpan.FromMinutes(1), 0);
        Judge(foreign, OrderStatus.Pending).ShouldBe(Suspect.Unclear);
        Judge(foreign, OrderStatus.Paid).ShouldBe(Suspect.FinalOrder);
        Judge(foreign, status: null).ShouldBe(Suspect.Unclear);
    }

    [Fact]
    public void A_lock_that_should_have_been_prolonged_stands_before_those_of_other_programs_and_both_before_those_under_work()
    {
        var late = Ours("here:1:aaaa", 25) with { TimeLeft = TimeSpan.FromSeconds(5) };
        Judge(late, OrderStatus.Pending).ShouldBe(Suspect.NotRenewed);
        ((int)Suspect.NotRenewed).ShouldBeGreaterThan((int)Suspect.Unclear);
        ((int)Suspect.Unclear).ShouldBeGreaterThan((int)Suspect.None);
    }

    [Fact]
    public void The_worst_are_kept_and_stand_first_and_of_the_same_the_one_held_longest()
    {
        var worst = new WorstLocks(4);
        worst.AddRange([Listed("fresh", Suspect.None, 1), Listed("long-1", Suspect.LongHeld, 70), Listed("leaked", Suspect.Leaked, null)]);
        worst.AddRange([Listed("older", Suspect.None, 20), Listed("gone", Suspect.OwnerGone, 3), Listed("long-2", Suspect.LongHeld, 90), Listed("final", Suspect.FinalOrder, 9)]);

        worst.InOrder().Select(one => one.Lock.OrderNo).ShouldBe(["leaked", "final", "gone", "long-2"]);
        worst.Offered.ShouldBe(7);
    }

    [Theory]
    [InlineData("shop-1:4711:k3f9", "shop-1", "4711", "k3f9")]
    [InlineData("fe80::1:4711:k3f9", "fe80::1", "4711", "k3f9")]
    [InlineData("console", "console", null, null)]
    [InlineData("a:b:c", "a:b:c", null, null)]
    [InlineData("::", "::", null, null)]
    public void A_nodes_name_falls_into_its_parts(string name, string machine, string? process, string? instance) =>
        NodeName.Parse(name).ShouldBe(new NodeName(machine, process, instance));

    [Fact]
    public void The_name_of_this_process_falls_into_its_parts()
    {
        NodeName.Parse(Node.ThisProcess.Name).Machine.ShouldBe(Environment.MachineName);
        NodeName.Parse(Node.ThisProcess.Name).Process.ShouldBe(Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("plain text", "plain text")]
    [InlineData("", "(empty)")]
    [InlineData("a\0\nb", @"a\u{0}\u{A}b")]
    [InlineData("订单-1", "订单-1")]
    [InlineData("pay\u202Ecod.exe", @"pay\u{202E}cod.exe")]
    [InlineData("abcdefghijk", "abcdefghij…")]
    public void What_another_program_wrote_can_be_read_and_does_nothing(string text, string shown) => Printable.Of(text, text == "abcdefghijk" ? 10 : 200).ShouldBe(shown);

    [Fact]
    public void Half_a_character_is_shown_as_one_that_can_not_be_read() => Printable.Of("\uD800x").ShouldBe(@"\u{FFFD}x");

    private static Suspect Judge(LockInfo held, OrderStatus? status) => Judge(held, status, Alive);

    private static Suspect Judge(LockInfo held, OrderStatus? status, IReadOnlySet<string>? alive) => LockSuspicion.Of(LockJudge.Judge(
        held, status is { } known ? new OrderFacts(1, known, 2, Now) : null, new LockSurroundings(alive, null, Lease, TimeSpan.FromMinutes(10), Now))).Suspect;

    private static LockInfo Ours(string owner, double heldFor) => new("A-1", owner, "t", Now.AddSeconds(-heldFor), TimeSpan.FromSeconds(20), 3);

    private static ListedLock Listed(string no, Suspect suspect, double? heldFor) => new(
        new LockInfo(no, "here:1:aaaa", "t", null, TimeSpan.FromSeconds(1), 0), null, new(suspect, heldFor is { } s ? TimeSpan.FromSeconds(s) : null), new LockVerdict(LockColor.Amber, [], null, false));
}
