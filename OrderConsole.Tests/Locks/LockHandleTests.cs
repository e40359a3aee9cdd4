using OrderConsole.Core.Locks;
using OrderConsole.Tests.Telemetry;

namespace OrderConsole.Tests.Locks;

public sealed class LockHandleTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30), Answer = TimeSpan.FromSeconds(4);
    private readonly TwoClocks _time = new();

    /// <summary>A lock whose request took <see cref="Answer"/> to be answered.</summary>
    private LockHandle Taken()
    {
        var sentAt = _time.GetTimestamp();
        _time.Advance(Answer);
        return new LockHandle("A", "token", sentAt, Lease, _time);
    }

    [Fact]
    public void The_lease_is_counted_from_when_the_request_was_sent()
    {
        var handle = Taken();

        handle.TimeLeft.ShouldBe(Lease - Answer);
        _time.Advance(Lease - Answer - TimeSpan.FromTicks(1));
        handle.IsLost.ShouldBeFalse();
        _time.Advance(TimeSpan.FromTicks(1));
        handle.IsLost.ShouldBeTrue();
    }

    [Fact]
    public void A_clock_that_is_set_does_not_move_the_lease()
    {
        var handle = Taken();

        _time.WallClockOff = TimeSpan.FromHours(5);
        handle.TimeLeft.ShouldBe(Lease - Answer);
        _time.WallClockOff = TimeSpan.FromHours(-5);
        handle.TimeLeft.ShouldBe(Lease - Answer);
    }

    [Fact]
    public void A_renewal_moves_the_lease_and_counts_from_its_own_request()
    {
        var handle = Taken();
        var sentAt = _time.GetTimestamp();
        _time.Advance(Answer);

        handle.Renewed(sentAt, TimeSpan.FromSeconds(60));

        handle.TimeLeft.ShouldBe(TimeSpan.FromSeconds(56));
    }

    [Fact]
    public void A_lock_that_was_found_gone_stays_lost_whatever_is_left_of_its_lease()
    {
        var handle = Taken();

        handle.MarkLost();
        handle.Renewed(_time.GetTimestamp(), Lease);

        handle.TimeLeft.ShouldBe(Lease);
        handle.IsLost.ShouldBeTrue();
    }

    [Fact]
    public void The_token_is_cancelled_when_the_lock_is_found_gone()
    {
        var handle = Taken();
        var (told, token) = (0, handle.LostToken);
        using var _ = token.Register(() => told++);
        told.ShouldBe(0);

        handle.MarkLost();
        handle.MarkLost();

        told.ShouldBe(1);
        handle.LostToken.ShouldBe(token);
    }

    [Fact]
    public void A_token_that_is_asked_for_later_is_cancelled_already()
    {
        var handle = Taken();

        handle.MarkLost();

        handle.LostToken.IsCancellationRequested.ShouldBeTrue();
    }
}
