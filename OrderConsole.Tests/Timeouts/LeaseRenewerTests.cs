using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OrderConsole.Core.Data;
using OrderConsole.Core.Queue;
using OrderConsole.Core.Timeouts;
using static OrderConsole.Tests.Timeouts.Workbench;

namespace OrderConsole.Tests.Timeouts;

public sealed partial class LeaseRenewerTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30), Third = Lease / 3, Trust = Lease * 0.9;
    private readonly SignallingTime _time = new();
    private readonly FakeTimeoutQueue _queue;
    private readonly FakeOrderLocks _locks;
    private readonly TimeoutBatch _batch;

    public LeaseRenewerTests()
    {
        (_queue, _locks) = (new FakeTimeoutQueue(_time), new FakeOrderLocks(_time));
        ClaimedTimeout[] claims = [.. "ABC".Select(no => new ClaimedTimeout($"{no}", _time.GetUtcNow(), "token", 0, 0, null))];
        _batch = new TimeoutBatch(new ClaimedBatch(claims, _time.GetUtcNow(), null, [], Lease, _time.GetTimestamp()));
    }

    private LeaseRenewer.KeptLease Keep() => KeepUntil(TestContext.Current.CancellationToken);

    private LeaseRenewer.KeptLease KeepUntil(CancellationToken stop) =>
        new LeaseRenewer(_queue, _locks, Options.Create(new TimeoutOptions { Lease = Lease }), _time, NullLogger<LeaseRenewer>.Instance).Keep(_batch, stop);

    /// <summary>Lets a third of the lease go by as soon as the renewer waits for it.</summary>
    private async Task<IReadOnlyList<string>> NextRenewalAsync()
    {
        await _time.UntilWaitedForAsync(Third);
        _time.Advance(Third);
        return [.. (await NextAsync(_queue.Renewals)).Select(c => c.OrderNo)];
    }

    private static Task<IReadOnlyList<ClaimedTimeout>> Away(IReadOnlyList<ClaimedTimeout> claims) => throw new StoreUnavailableException("Redis", "away");

    [Fact]
    public async Task Claims_and_locks_are_renewed_at_every_third_of_the_lease()
    {
        _batch.Work[1].Lock = _locks.Handle("B", Lease);
        await using var kept = Keep();

        for (var i = 0; i < 6; i++)
        {
            (await NextRenewalAsync()).ShouldBe(["A", "B", "C"]);
            (await NextAsync(_locks.Renewed)).ShouldHaveSingleItem().OrderNo.ShouldBe("B");
        }
        await _time.UntilWaitedForAsync(Third);

        kept.Token.IsCancellationRequested.ShouldBeFalse();
    }

    [Fact]
    public async Task Claims_that_are_somebody_elses_are_marked_and_not_renewed_again_and_the_others_go_on()
    {
        _queue.OnExtend = claims => Task.FromResult<IReadOnlyList<ClaimedTimeout>>([.. claims.Where(c => c.OrderNo == "B")]);
        await using var kept = Keep();
        await NextRenewalAsync();

        (await NextRenewalAsync()).ShouldBe(["A", "C"]);

        _batch.Work.Select(w => w.IsLost).ShouldBe([false, true, false]);
        kept.Token.IsCancellationRequested.ShouldBeFalse();
    }

    [Fact]
    public async Task Work_that_is_settled_is_not_renewed()
    {
        await using var kept = Keep();
        _batch.Work[0].Release = ClaimRelease.Complete(_batch.Work[0].Claim);

        (await NextRenewalAsync()).ShouldBe(["B", "C"]);
    }

    [Fact]
    public async Task After_the_end_there_is_no_renewal_any_more()
    {
        var kept = Keep();
        await NextRenewalAsync();
        await _time.UntilWaitedForAsync(Third);

        await kept.DisposeAsync();
        _time.Advance(10 * Lease);

        _queue.Renewals.Reader.TryRead(out _).ShouldBeFalse();
    }

    [Fact]
    public async Task The_end_waits_for_a_renewal_that_is_under_way()
    {
        var answer = new TaskCompletionSource<IReadOnlyList<ClaimedTimeout>>();
        _queue.OnExtend = _ => answer.Task;
        var kept = Keep();
        await NextRenewalAsync();

        var ended = kept.DisposeAsync().AsTask();
        ended.IsCompleted.ShouldBeFalse();
        answer.SetResult([]);

        await ended;
        _locks.Renewed.Reader.TryRead(out _).ShouldBeTrue();
    }
}
