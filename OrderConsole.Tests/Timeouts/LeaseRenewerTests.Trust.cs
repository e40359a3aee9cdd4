using OrderConsole.Core.Queue;

namespace OrderConsole.Tests.Timeouts;

/// <summary>For how long the renewer trusts a lease.</summary>
public sealed partial class LeaseRenewerTests
{
    [Fact]
    public async Task A_renewal_that_fails_is_tried_again_and_the_next_one_that_works_restores_the_trust()
    {
        _queue.OnExtend = _ => throw new InvalidOperationException("nobody foresaw this");
        await using var kept = Keep();
        await NextRenewalAsync();
        _queue.OnExtend = _ => Task.FromResult<IReadOnlyList<ClaimedTimeout>>([]);

        await NextRenewalAsync();
        await _time.UntilWaitedForAsync(Third);
        // Nine tenths of the first lease have gone by, but not of the renewed one.
        _time.Advance(Trust - 2 * Third + TimeSpan.FromSeconds(1));

        kept.Token.IsCancellationRequested.ShouldBeFalse();
    }

    [Fact]
    public async Task The_right_to_the_work_ends_when_nine_tenths_have_gone_by_without_a_renewal()
    {
        _queue.OnExtend = Away;
        await using var kept = Keep();
        await NextRenewalAsync();
        await NextRenewalAsync();
        await _time.UntilWaitedForAsync(Third);

        _time.Advance(Trust - 2 * Third - TimeSpan.FromMilliseconds(1));
        kept.Token.IsCancellationRequested.ShouldBeFalse();
        _time.Advance(TimeSpan.FromMilliseconds(1));
        kept.Token.IsCancellationRequested.ShouldBeTrue();
    }

    [Fact]
    public async Task The_lease_is_counted_from_when_the_claim_was_sent()
    {
        _time.Advance(TimeSpan.FromSeconds(20));
        _queue.OnExtend = Away;
        await using var kept = Keep();

        _time.Advance(Trust - TimeSpan.FromSeconds(20) - TimeSpan.FromMilliseconds(1));
        kept.Token.IsCancellationRequested.ShouldBeFalse();
        _time.Advance(TimeSpan.FromMilliseconds(1));
        kept.Token.IsCancellationRequested.ShouldBeTrue();
    }

    [Fact]
    public async Task A_batch_that_comes_too_late_is_given_up_at_once()
    {
        _time.Advance(Trust);

        await using var kept = Keep();

        await Support.Eventually.HoldsAsync(() => kept.Token.IsCancellationRequested, "it is given up");
    }

    [Fact]
    public async Task A_renewed_lease_is_counted_from_when_the_renewal_was_sent()
    {
        var answer = new TaskCompletionSource<IReadOnlyList<ClaimedTimeout>>();
        _queue.OnExtend = _ => answer.Task;
        await using var kept = Keep();
        await NextRenewalAsync();
        _time.Advance(TimeSpan.FromSeconds(5));
        _queue.OnExtend = Away;
        answer.SetResult([]);
        await _time.UntilWaitedForAsync(Third);

        _time.Advance(Trust - TimeSpan.FromSeconds(5) - TimeSpan.FromMilliseconds(1));
        kept.Token.IsCancellationRequested.ShouldBeFalse();
        _time.Advance(TimeSpan.FromMilliseconds(1));
        kept.Token.IsCancellationRequested.ShouldBeTrue();
    }

    [Fact]
    public async Task A_stop_from_outside_ends_the_right_to_the_work_too()
    {
        using var stop = new CancellationTokenSource();
        await using var kept = KeepUntil(stop.Token);

        await stop.CancelAsync();

        kept.Token.IsCancellationRequested.ShouldBeTrue();
    }
}
