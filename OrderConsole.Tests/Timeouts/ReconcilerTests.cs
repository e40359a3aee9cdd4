using Microsoft.Extensions.Logging.Abstractions;
using OrderConsole.Core.Queue;
using OrderConsole.Core.Timeouts;

namespace OrderConsole.Tests.Timeouts;

public sealed class ReconcilerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static Reconciler Reconciler(Workbench bench, IQueueInspector inspector) => new(
        bench.Queue, inspector, new PendingOrderReader(bench.Database), new OverdueOrderReader(bench.Database), bench.WakeUp, bench.Events,
        Microsoft.Extensions.Options.Options.Create(bench.Options), bench.Time, NullLogger<Reconciler>.Instance);

    [Fact]
    public async Task An_order_that_was_just_being_finished_when_it_was_missed_is_not_scheduled_again()
    {
        await using var bench = await Workbench.CreateAsync();
        var numbers = await bench.Shop.OverdueAsync(3);
        // Read as pending, then cancelled and taken out of the queue, then missed.
        var inspector = new EmptyQueue(() => bench.Shop.Cancel.CancelAsync(numbers[1], "meanwhile", Stop));

        var found = await Reconciler(bench, inspector).ReconcileAsync(whole: true, Stop);

        found.Lost.ShouldBe(2);
        (await Workbench.NextAsync(bench.Queue.Scheduled)).Select(s => s.OrderNo).ShouldBe([numbers[0], numbers[2]], ignoreOrder: true);
    }

    /// <summary>A queue that knows nothing; something happens just before it is asked.</summary>
    private sealed class EmptyQueue(Func<Task> meanwhile) : IQueueInspector
    {
        public async Task<IReadOnlyList<string>> FindMissingAsync(IReadOnlyList<string> orderNos, CancellationToken cancel)
        {
            await meanwhile();
            return orderNos;
        }

        public Task<QueueCounts> CountAsync(CancellationToken cancel) => throw new NotSupportedException();
        public Task<QueuePage> PageAsync(QueueState state, int page, int pageSize, CancellationToken cancel) => Task.FromResult(new QueuePage([], page, pageSize, 0));
        public Task<QueueEntry?> FindAsync(string orderNo, CancellationToken cancel) => Task.FromResult<QueueEntry?>(null);
        public IAsyncEnumerable<IReadOnlyList<string>> WalkAsync(CancellationToken cancel) => AsyncEnumerable.Empty<IReadOnlyList<string>>();
        public IAsyncEnumerable<IReadOnlyList<QueuePlace>> WalkInOrderAsync(QueueState state, CancellationToken cancel) => throw new NotSupportedException();
        public Task<IReadOnlyList<QueueEntry>> FindAllAsync(IReadOnlyList<string> names, CancellationToken cancel) => throw new NotSupportedException();
        public Task<IReadOnlyList<string>> RemoveAsync(IReadOnlyList<string> names, CancellationToken cancel) => throw new NotSupportedException();
        public Task<IReadOnlyList<string>> FindRequeueableAsync(IReadOnlyList<string> orderNos, CancellationToken cancel) => throw new NotSupportedException();
        public Task<IReadOnlyList<string>> RequeueAsync(IReadOnlyList<string> orderNos, CancellationToken cancel) => throw new NotSupportedException();
        public Task<IReadOnlyList<long>> DueHistogramAsync(DateTimeOffset from, TimeSpan bucket, int buckets, CancellationToken cancel) => throw new NotSupportedException();
    }
}
