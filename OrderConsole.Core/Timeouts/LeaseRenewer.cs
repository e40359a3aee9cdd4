using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrderConsole.Core.Data;
using OrderConsole.Core.Locks;
using OrderConsole.Core.Queue;

namespace OrderConsole.Core.Timeouts;

/// <summary>
/// Keeps the claims and locks of a batch alive while it is worked on: renewed at a third of the lease, and given up when
/// nine tenths of it have gone by without a renewal, counted on the monotonic clock from before the request was sent.
/// </summary>
public sealed partial class LeaseRenewer(
    ITimeoutQueue queue, IOrderLocks locks, IOptions<TimeoutOptions> options, TimeProvider time, ILogger<LeaseRenewer> logger)
{
    private const double TrustedShare = 0.9;

    /// <summary>Keeps the batch until the result is disposed. Its token is cancelled when the right to the work has ended.</summary>
    public KeptLease Keep(TimeoutBatch batch, CancellationToken stop) => new(this, batch, stop);

    public sealed class KeptLease : IAsyncDisposable
    {
        private readonly LeaseRenewer _renewer;
        private readonly TimeoutBatch _batch;
        private readonly CancellationTokenSource _trusted;
        private readonly CancellationTokenSource _done = new();
        private readonly CancellationTokenSource _either;
        private readonly Task _renewing;
        private long _sentAt;

        internal KeptLease(LeaseRenewer renewer, TimeoutBatch batch, CancellationToken stop)
        {
            (_renewer, _batch, _sentAt) = (renewer, batch, batch.Claimed.SentAt);
            _trusted = new CancellationTokenSource(TrustLeft(batch.Claimed.SentAt), renewer._time);
            _either = CancellationTokenSource.CreateLinkedTokenSource(_trusted.Token, stop);
            _renewing = RenewAsync();
        }

        public CancellationToken Token => _either.Token;

        /// <summary>From when the present lease counts: before the last renewal that worked, or the claim, was sent.</summary>
        public long SentAt => Interlocked.Read(ref _sentAt);

        public async ValueTask DisposeAsync()
        {
            // Stopped and awaited before the release, so that no renewal can come after it.
            await _done.CancelAsync();
            await _renewing;
            _either.Dispose();
            _trusted.Dispose();
            _done.Dispose();
        }

        private async Task RenewAsync()
        {
            var (lease, time) = (_batch.Claimed.Lease, _renewer._time);
            while (true)
            {
                await Task.Delay(lease / 3, time, _done.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (_done.IsCancellationRequested) return;
                try
                {
                    var sentAt = time.GetTimestamp();
                    await RenewOnceAsync(lease);
                    FaultPoint.Reach("renewed");
                    Interlocked.Exchange(ref _sentAt, sentAt);
                    _trusted.CancelAfter(TrustLeft(sentAt));
                }
                catch (OperationCanceledException) when (_done.IsCancellationRequested)
                {
                    return;
                }
                catch (Exception e)
                {
                    // The lease may well live on; the next renewal tells, and the trust runs out by itself.
                    _renewer.LogRenewalFailed(e is StoreUnavailableException ? null : e, e.Message);
                }
            }
        }

        private async Task RenewOnceAsync(TimeSpan lease)
        {
            var going = _batch.StillGoing;
            if (going.Count == 0) return;
            var lost = await _renewer._queue.ExtendAsync([.. going.Select(w => w.Claim)], lease, _done.Token);
            if (lost.Count > 0)
            {
                var numbers = lost.Select(c => c.OrderNo).ToHashSet(StringComparer.Ordinal);
                foreach (var work in going.Where(w => numbers.Contains(w.Claim.OrderNo))) work.IsLost = true;
            }
            await _renewer._locks.RenewAsync([.. going.Where(w => w.Lock is not null).Select(w => w.Lock!)], lease, _done.Token);
        }

        private TimeSpan TrustLeft(long sentAt)
        {
            var left = _batch.Claimed.Lease * TrustedShare - _renewer._time.GetElapsedTime(sentAt);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    private readonly ITimeoutQueue _queue = queue;
    private readonly IOrderLocks _locks = locks;
    private readonly TimeProvider _time = time;

    /// <summary>The lease that new claims and locks get.</summary>
    public TimeSpan Lease { get; } = options.Value.Lease;

    [LoggerMessage(10, LogLevel.Information, "Renewing a lease did not work and will be tried again: {Why}")]
    private partial void LogRenewalFailed(Exception? error, string why);
}
