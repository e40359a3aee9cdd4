using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OrderConsole.Core.Data;
using OrderConsole.Core.Diagnostics;
using OrderConsole.Core.Queue;
using OrderConsole.Core.Telemetry;
using OrderConsole.Tests.Operations;
using OrderConsole.Tests.Timeouts;

namespace OrderConsole.Tests.Diagnostics;

/// <summary>A cause that a check must find, and how it is cured.</summary>
public sealed record Provocation(string Code, Func<Task> Provoke, Func<Task> Cure);

/// <summary>Diagnoses of an engine that is put together and not started: every cause is made by the test, and nothing cures it but the test.</summary>
public abstract class DiagnosisTests(StoreSet set) : OperationTests(set)
{
    protected DiagnosisRunner Runner => Engine.Get<DiagnosisRunner>();

    /// <summary>Puts it together with checks that are patient: other tests run beside this one.</summary>
    protected Task OpenAsync(params (string Key, string Value)[] settings) => PutTogetherAsync([.. settings, ("Diagnosis:CheckTimeout", "00:01:00")]);

    protected async Task<IReadOnlyList<Finding>> LookAsync(string check, DiagnosisReport? previous = null) => (await Runner.RunCheckAsync(check, previous, Stop)).Findings;

    protected async Task<string[]> CodesAsync(string check) => [.. (await LookAsync(check)).Select(f => f.Code)];

    /// <summary>Not found before, found after its cause, gone after its cure.</summary>
    protected async Task RedAndGreenAsync(string check, Provocation one)
    {
        // A busy machine is slow for moments by itself.
        Task IsGreenAsync(string when) => Support.Eventually.HoldsAsync(async () => !(await CodesAsync(check)).Contains(one.Code), $"no {one.Code} {when}", Patience);
        await IsGreenAsync("before it is provoked");
        await one.Provoke();
        (await CodesAsync(check)).ShouldContain(one.Code, "after it was provoked");
        await one.Cure();
        await IsGreenAsync("after its cure");
    }

    /// <summary>One full run finds all of them, and after the cures one finds none.</summary>
    protected async Task RedAndGreenAsync(params Provocation[] all)
    {
        var codes = all.Select(p => p.Code).ToArray();
        await BeatAsync();
        (await Runner.RunAsync(DiagnosisTrigger.Api, Stop)).Findings.Select(f => f.Code).Intersect(codes).ShouldBeEmpty("before they are provoked");
        foreach (var one in all) await one.Provoke();
        await BeatAsync();
        var red = await Runner.RunAsync(DiagnosisTrigger.Api, Stop);
        codes.Except(red.Findings.Select(f => f.Code)).ShouldBeEmpty("not found");
        foreach (var one in all) await one.Cure();
        await BeatAsync();
        var green = await Runner.RunAsync(DiagnosisTrigger.Api, Stop);
        green.Findings.Select(f => f.Code).Intersect(codes).ShouldBeEmpty("still found");
        green.Gone.Select(g => g.Code).Intersect(codes).Order().ShouldBe(codes.Distinct().Order(), "said to be gone");
    }

    /// <summary>A console that is alive and works.</summary>
    protected Task BeatAsync() => NodeAsync("working", 0, 0);

    /// <summary>Writes a console's sign of life.</summary>
    /// <param name="seenAgo">Seconds.</param>
    /// <param name="polledAgo">Seconds.</param>
    /// <param name="clockAhead">Seconds; of the database's clock.</param>
    protected async Task NodeAsync(string name, double seenAgo, double polledAgo, double? drain = null, long lost = 0, long cancelled = 0, double clockAhead = 0)
    {
        await ForgetNodeAsync(name);
        var now = await Engine.Database.NowAsync(Stop);
        await Engine.Database.WriteAsync(db =>
        {
            db.Add(new NodeRow
            {
                Name = name, StartedAt = now.AddHours(-1), SeenAt = now.AddSeconds(-seenAgo), PolledAt = now.AddSeconds(-polledAgo), DrainPerSecond = drain,
                LocksLost = lost, LockAttempts = lost, Cancelled = cancelled, ClockAt = now.AddSeconds(clockAhead - seenAgo),
            });
            return db.SaveChangesAsync(Stop);
        }, Stop);
    }

    protected Task ForgetNodeAsync(string name) => Engine.Database.WriteAsync(db => db.Nodes.Where(n => n.Name == name).ExecuteDeleteAsync(Stop), Stop);

    protected Task SqlAsync(string sql) => Engine.Database.WriteAsync(async db =>
    {
        await using var command = db.Command(sql);
        return await command.ExecuteNonQueryAsync(Stop);
    }, Stop);

    /// <summary>Does what the finding's button does.</summary>
    protected async Task RemedyAsync(string check, string code)
    {
        var remedy = (await LookAsync(check)).Single(f => f.Code == code).Remedy.ShouldNotBeNull();
        (await RunAsync(await PrepareAsync(remedy.Action, remedy.Targets))).Done.ShouldBeGreaterThan(0);
    }

    protected async Task ScheduleAsync(string name, TimeSpan fromNow) =>
        await Queue.ScheduleAsync([new ScheduledTimeout(name, await Engine.Database.NowAsync(Stop) + fromNow)], Stop);

    protected T Options<T>() where T : class => Engine.Get<IOptions<T>>().Value;
}
