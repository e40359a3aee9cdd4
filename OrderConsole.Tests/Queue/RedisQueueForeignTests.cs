using System.Globalization;
using System.Text;
using OrderConsole.Core.Data;
using OrderConsole.Core.Queue;
using OrderConsole.Core.Queue.Redis;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Queue;

/// <summary>Other programs write to the same sorted set, and not only what we would.</summary>
public sealed class RedisQueueForeignTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private readonly RedisQueueKeys _keys = new(SharedRedis.NewName("foreign"));
    private readonly RawRedis _raw;
    private readonly RedisTimeoutQueue _queue;
    private readonly RedisQueueInspector _inspector;
    private readonly double _now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    public RedisQueueForeignTests(SharedRedis redis)
    {
        _raw = redis.Server.Raw;
        _queue = new RedisTimeoutQueue(redis.Connection, _keys, TimeProvider.System);
        _inspector = new RedisQueueInspector(redis.Connection, _keys);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Task<string?> AddAsync(string member, string score) => AddAsync(Encoding.UTF8.GetBytes(member), score);

    private Task<string?> AddAsync(byte[] member, string score) =>
        _raw.SendAsync("ZADD"u8.ToArray(), Encoding.UTF8.GetBytes(_keys.Scheduled), Encoding.UTF8.GetBytes(score), member);

    private string Ago(double seconds) => (_now - seconds).ToString("R", CultureInfo.InvariantCulture);

    private Task<ClaimedBatch> ClaimAsync(int max = 100) => _queue.ClaimDueAsync(max, Lease, "me", Cancel);

    [Fact]
    public async Task Whole_and_fractional_seconds_are_due_times()
    {
        await AddAsync("whole", Ago(10));
        await AddAsync("fraction", Ago(9.5));

        var claims = (await ClaimAsync()).Claims;

        claims.Select(claim => claim.OrderNo).ShouldBe(["whole", "fraction"]);
        claims[1].DueAt.ShouldBe(DateTimeOffset.FromUnixTimeMilliseconds((long)((_now - 9.5) * 1000)));
    }

    [Fact]
    public async Task Members_of_any_kind_become_readable_dead_letters_within_two_polls_and_good_ones_go_on()
    {
        var huge = new string('A', 1_000_000);
        byte[] binary = [0, 255, 254, 10, 13, 128];
        await AddAsync("", Ago(100));
        await AddAsync(huge, Ago(99));
        await AddAsync(binary, Ago(98));
        await AddAsync("line\nbreak\u001b[31m", Ago(97));
        await AddAsync("1'; DROP TABLE orders;--", Ago(96));
        await AddAsync(@"back\slash", Ago(95));
        await AddAsync("订单-1", Ago(94));
        for (var i = 0; i < 50; i++) await AddAsync($"good-{i}", Ago(10));

        var claimed = new List<ClaimedTimeout>();
        for (var poll = 0; poll < 2; poll++) claimed.AddRange((await ClaimAsync()).Claims);

        claimed.Count.ShouldBe(50);
        var dead = (await _inspector.PageAsync(QueueState.Dead, 1, 200, Cancel)).Items;
        dead.ShouldAllBe(entry => entry.Reason == DeadLetterReasons.Malformed && entry.OrderNo.Length <= 256);
        dead.Select(entry => entry.OrderNo).ShouldBe([
            "(empty)", $"{huge[..128]}...sha1:{Sha1(huge)},bytes:1000000", @"\x00\xff\xfe\x0a\x0d\x80",
            @"line\x0abreak\x1b[31m", "1'; DROP TABLE orders;--", @"back\x5cslash", @"\xe8\xae\xa2\xe5\x8d\x95-1"], ignoreOrder: true);
        (await _raw.SendAsync("ZCARD", _keys.Scheduled)).ShouldBe("0");
        foreach (var entry in dead) (await _inspector.FindAsync(entry.OrderNo, Cancel)).ShouldBe(entry);
    }

    [Theory]
    [InlineData("-inf")]
    [InlineData("+inf")]
    [InlineData("1e308")]
    [InlineData("-1e308")]
    [InlineData("0")]
    [InlineData("1763840285123")]
    public async Task An_absurd_score_is_a_dead_letter_within_two_polls(string score)
    {
        await AddAsync("absurd", score);
        await AddAsync("good", Ago(10));

        var rejected = (await ClaimAsync()).Rejected.Concat((await ClaimAsync()).Rejected).ShouldHaveSingleItem();

        (rejected.OrderNo, rejected.Reason).ShouldBe(("absurd", DeadLetterReasons.AbsurdScore));
        (await _inspector.CountAsync(Cancel)).Claimed.ShouldBe(1);
        (await _inspector.FindAsync("absurd", Cancel)).ShouldNotBeNull().State.ShouldBe(QueueState.Dead);
    }

    [Fact]
    public async Task Hundreds_of_absurd_scores_do_not_hide_each_other_or_break_a_page()
    {
        for (var i = 0; i < 250; i++) await AddAsync($"absurd-{i}", "+inf");
        (await _inspector.CountAsync(Cancel)).NextDueAt.ShouldBeNull("they never fall due");
        (await _inspector.PageAsync(QueueState.Scheduled, 1, 10, Cancel)).Total.ShouldBe(250);

        var (rejected, polls) = (0, 0);
        for (ClaimedBatch batch; (batch = await ClaimAsync()).Rejected.Count > 0; polls++)
        {
            rejected += batch.Rejected.Count;
            // What is left is work for the next poll, at once.
            if (rejected < 250) batch.NextDueAt.ShouldBe(batch.StoreNow);
        }

        (rejected, polls).ShouldBe((250, 3));
    }

    [Fact]
    public async Task An_order_added_again_while_it_is_claimed_waits_for_the_end_of_the_claim()
    {
        await AddAsync("A-1", Ago(10));
        var claim = (await ClaimAsync()).Claims.ShouldHaveSingleItem();
        await AddAsync("A-1", Ago(5));
        await AddAsync("A-2", Ago(1));

        var meanwhile = await ClaimAsync();
        meanwhile.Claims.ShouldHaveSingleItem().OrderNo.ShouldBe("A-2");
        meanwhile.NextDueAt.ShouldBeNull("nothing can be claimed before the claim ends");

        (await _queue.ReleaseAsync([ClaimRelease.Complete(claim)], Cancel)).ShouldBe(0);
        var again = (await ClaimAsync()).Claims.ShouldHaveSingleItem();
        (again.OrderNo, again.Attempt).ShouldBe(("A-1", 1));
        again.Token.ShouldNotBe(claim.Token);
    }

    [Fact]
    public async Task Many_orders_added_again_while_claimed_starve_nobody()
    {
        var orderNos = Enumerable.Range(0, 1_000).Select(i => $"A-{i}").ToArray();
        var due = DateTimeOffset.FromUnixTimeSeconds((long)_now - 1_000);
        await _queue.ScheduleAsync([.. orderNos.Select(no => new ScheduledTimeout(no, due))], Cancel);
        (await ClaimAsync(max: 1_000)).Claims.Count.ShouldBe(1_000);
        await _raw.SendAsync(["ZADD", _keys.Scheduled, .. orderNos.SelectMany(no => new[] { Ago(900), no })]);
        await AddAsync("behind-them", Ago(1));

        (await ClaimAsync(max: 1)).Claims.ShouldHaveSingleItem().OrderNo.ShouldBe("behind-them");
    }

    [Fact]
    public async Task An_entry_in_both_sets_is_claimed_once()
    {
        await AddAsync("A-1", Ago(10));
        var claim = (await ClaimAsync()).Claims.ShouldHaveSingleItem();
        await _queue.ReleaseAsync([ClaimRelease.PutBack(claim, TimeSpan.Zero, "lock_held")], Cancel);
        await AddAsync("A-1", Ago(5));

        var batches = new[] { await ClaimAsync(), await ClaimAsync() };

        batches.Sum(batch => batch.Claims.Count).ShouldBe(1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task A_key_of_another_type_is_named_and_nothing_is_lost(int which)
    {
        var key = new[] { _keys.Scheduled, _keys.Retrying, _keys.Claimed, _keys.Claims, _keys.Attempts, _keys.Dead, _keys.DeadInfo }[which];
        await AddAsync("A-1", Ago(10));
        await AddAsync("bad member", Ago(10));
        await _raw.TryAsync("RENAMENX", key, "aside-" + key);
        await _raw.SendAsync("SET", key, "surprise");

        var fault = await Should.ThrowAsync<StoreUnavailableException>(() => ClaimAsync());

        fault.Message.ShouldContain(key);
        await _raw.SendAsync("DEL", key);
        await _raw.TryAsync("RENAMENX", "aside-" + key, key);
        (await ClaimAsync()).Claims.ShouldHaveSingleItem().OrderNo.ShouldBe("A-1");
    }

    [Fact]
    public async Task Claims_whose_details_were_deleted_are_taken_back()
    {
        await AddAsync("A-1", Ago(10));
        var claim = (await _queue.ClaimDueAsync(10, TimeSpan.FromMilliseconds(20), "me", Cancel)).Claims.ShouldHaveSingleItem();
        await _raw.SendAsync("DEL", _keys.Claims);

        (await _queue.ReleaseAsync([ClaimRelease.Complete(claim)], Cancel)).ShouldBe(1);
        await Eventually.HoldsAsync(async () => (await _queue.RecoverExpiredAsync(10, 3, Cancel)).Returned.Contains("A-1"), "taken back");

        (await ClaimAsync()).Claims.ShouldHaveSingleItem().Crashed.ShouldBe(1);
    }

    [Fact]
    public async Task Foreign_trash_among_the_claims_becomes_a_dead_letter()
    {
        await _raw.SendAsync("ZADD", _keys.Claimed, "5", "not an order");

        var dead = (await _queue.RecoverExpiredAsync(10, 3, Cancel)).Dead.ShouldHaveSingleItem();

        (dead.OrderNo, dead.Reason).ShouldBe(("not an order", DeadLetterReasons.Malformed));
    }

#pragma warning disable CA5350 // SHA-1 tells long members apart; it guards nothing.
    private static string Sha1(string text) => Convert.ToHexStringLower(System.Security.Cryptography.SHA1.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5350
}
