using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Data;
using OrderConsole.Core.Telemetry;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Telemetry;

public sealed class SampleStoreTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 20, 0, 0, TimeSpan.Zero);
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.Postgres)]
    public async Task Of_two_consoles_that_write_the_same_moment_the_first_counts(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        using var second = new OrderDatabase(provider, database.ConnectionString, TimeProvider.System);
        SampleStore[] consoles = [new(database.Orders), new(second)];

        for (var span = 0; span < 10; span++)
        {
            var at = Start.AddSeconds(span * 10);
            var won = await Task.WhenAll(consoles.Select((console, i) => Task.Run(() => console.WriteAsync(Sample(at, cancelled: i + 1), Cancel))));
            won.Count(w => w).ShouldBe(1);
            (await database.Orders.ReadAsync(db => db.MetricSamples.SingleAsync(s => s.At == at))).Cancelled.ShouldBe(Array.IndexOf(won, true) + 1);
        }
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.Postgres)]
    public async Task Longer_spans_lose_nothing_of_the_shorter_ones_whoever_makes_them_and_how_often(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var store = new SampleStore(database.Orders);
        // Ten-second spans of three hours, some missing, some without a figure.
        var spans = Gen.ArrayOf(
            from place in Gen.Choose(0, 1_079)
            from cancelled in Gen.Choose(0, 50)
            from queue in Gen.Choose(0, 9)
            select (Place: place, Cancelled: cancelled, Queue: queue)).Resize(300).ToArbitrary();
        var runs = 0;
        Prop.ForAll(spans, samples => HoldsAsync(store, database.Orders, Start.AddDays(10 * runs++), samples).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5));
    }

    private static async Task<bool> HoldsAsync(SampleStore store, OrderDatabase database, DateTimeOffset start, (int Place, int Cancelled, int Queue)[] samples)
    {
        await database.WriteAsync(db => db.MetricSamples.ExecuteDeleteAsync(CancellationToken.None), CancellationToken.None);
        // In any order of rolling up: now and then while they come, once more at the end, and twice.
        foreach (var (chunk, i) in samples.DistinctBy(s => s.Place).OrderBy(s => s.Place).Chunk(100).Select((c, i) => (c, i)))
        {
            await KeepAsync(database, chunk.Select(s => Sample(start.AddSeconds(s.Place * 10), s.Cancelled, s.Queue == 0 ? null : s.Queue)));
            if (i % 2 == 0) await store.RollUpAsync(start.AddSeconds(chunk[^1].Place * 10), CancellationToken.None);
        }
        for (var again = 0; again < 2; again++) await store.RollUpAsync(start.AddHours(4), CancellationToken.None);

        var all = await database.ReadAsync(db => db.MetricSamples.ToListAsync());
        var shortest = all.Where(s => s.Resolution == SampleStore.Shortest).ToList();
        foreach (var resolution in new[] { SampleStore.Minute, SampleStore.Hour })
        {
            var made = all.Where(s => s.Resolution == resolution).ToList();
            var expected = shortest.GroupBy(s => SampleStore.SpanOf(s.At, resolution)).ToList();
            made.Count.ShouldBe(expected.Count, "a gap stays a gap");
            foreach (var span in expected)
            {
                var sample = made.Single(s => s.At == span.Key);
                sample.Cancelled.ShouldBe(span.Sum(s => s.Cancelled));
                sample.Covered.ShouldBe(span.Sum(s => s.Covered));
                sample.QueueSize.ShouldBe(span.Max(s => s.QueueSize));
            }
        }
        return true;
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.Postgres)]
    public async Task What_is_stored_is_bounded_and_pruning_takes_nothing_from_longer_spans(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var store = new SampleStore(database.Orders);
        var now = Start.AddDays(100).AddMinutes(37);
        foreach (var (resolution, step, back) in new[] { (10, TimeSpan.FromMinutes(7), TimeSpan.FromHours(9)), (60, TimeSpan.FromHours(1), TimeSpan.FromDays(4)), (3600, TimeSpan.FromDays(1), TimeSpan.FromDays(100)) })
            await KeepAsync(database.Orders, Enumerable.Range(0, (int)(back / step)).Select(i => Sample(SampleStore.SpanOf(now - back + (step * i), resolution), resolution: resolution)));
        await store.RollUpAsync(now, Cancel);
        var before = await HoursAsync();

        await store.PruneAsync(now, Cancel);
        await store.RollUpAsync(now, Cancel);

        var left = await database.Orders.ReadAsync(db => db.MetricSamples.ToListAsync(Cancel));
        left.Where(s => s.Resolution == 10).Min(s => s.At).ShouldBeInRange(now.AddHours(-3), now.AddHours(-2));
        left.Where(s => s.Resolution == 60).Min(s => s.At).ShouldBeInRange(now.AddDays(-2).AddHours(-1), now.AddDays(-2).AddHours(1));
        left.Where(s => s.Resolution == 3600).Min(s => s.At).ShouldBeInRange(now.AddDays(-91), now.AddDays(-89));
        (await HoursAsync()).ShouldBe(before.Where(h => h.At >= now.AddDays(-90).AddHours(-1)));

        async Task<List<(DateTimeOffset At, long Cancelled)>> HoursAsync() => [.. (await database.Orders.ReadAsync(db =>
            db.MetricSamples.Where(s => s.Resolution == 3600).OrderBy(s => s.At).ToListAsync(Cancel))).Select(s => (s.At, s.Cancelled))];
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.Postgres)]
    public async Task A_chart_has_every_range_up_to_the_last_moment_with_its_gaps(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var store = new SampleStore(database.Orders);
        var now = Start.AddHours(1).AddMinutes(30);
        // 20 orders in each ten seconds, with half an hour of nothing in between.
        await KeepAsync(database.Orders, Enumerable.Range(-180, 720).Where(i => i is < 0 or >= 180).Select(i => Sample(Start.AddSeconds(i * 10), cancelled: 20, queue: 7)));
        await store.RollUpAsync(now.AddMinutes(-2), Cancel);

        foreach (var range in SampleRange.All)
        {
            var spans = await store.ReadAsync(range, now, Cancel);
            spans.Count.ShouldBeLessThanOrEqualTo(301);
            spans.ShouldAllBe(s => s.CancelledPerSecond == 2 && s.QueueSize == 7);
            spans.Select(s => s.At).ShouldBe(spans.Select(s => s.At).Order());
            spans[^1].At.ShouldBe(SampleStore.SpanOf(now.AddSeconds(-10), range.Step), range.Name);
            if (range.Length > TimeSpan.FromHours(1) && range.Step < 3600)
                spans.ShouldNotContain(s => s.At >= Start && s.At < Start.AddMinutes(30), range.Name);
        }
    }

    [Fact]
    public async Task The_drain_speed_outlives_the_console_that_measured_it()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        var store = new SampleStore(database.Orders);
        (await store.LastDrainAsync(Cancel)).ShouldBeNull();

        await store.WriteAsync(Sample(Start, drain: 20_000), Cancel);
        await store.WriteAsync(Sample(Start.AddSeconds(10)), Cancel);

        (await store.LastDrainAsync(Cancel)).ShouldBe(20_000);
    }

    private static Task<int> KeepAsync(OrderDatabase database, IEnumerable<MetricSample> samples) => database.WriteAsync(db =>
    {
        db.MetricSamples.AddRange(samples);
        return db.SaveChangesAsync(CancellationToken.None);
    }, CancellationToken.None);

    private static MetricSample Sample(DateTimeOffset at, long cancelled = 1, long? queue = 1, double? drain = null, int resolution = SampleStore.Shortest) =>
        new() { Resolution = resolution, At = at, Covered = resolution, Cancelled = cancelled, QueueSize = queue, DrainPerSecond = drain };
}
