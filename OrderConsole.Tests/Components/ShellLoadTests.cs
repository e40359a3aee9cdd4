using Microsoft.Extensions.Logging.Abstractions;
using OrderConsole.Components.Shared;
using OrderConsole.Core.Data;

namespace OrderConsole.Tests.Components;

public sealed class ShellLoadTests
{
    private int _changes;

    private Load<string> NewLoad() => new(() => _changes++, NullLogger.Instance);

    [Fact]
    public async Task Says_that_it_loads_and_then_has_its_value()
    {
        using var load = NewLoad();
        var answer = new TaskCompletionSource<string>();

        var run = load.RunAsync(_ => answer.Task);
        (load.IsLoading, load.HasValue, load.Fault).ShouldBe((true, false, null));
        answer.SetResult("one");
        await run;

        (load.IsLoading, load.HasValue, load.Value).ShouldBe((false, true, "one"));
        _changes.ShouldBe(2);
    }

    [Fact]
    public async Task A_newer_load_cancels_the_older_whose_answer_is_never_shown()
    {
        using var load = NewLoad();
        var (old, token) = (new TaskCompletionSource<string>(), CancellationToken.None);
        var first = load.RunAsync(cancel => { token = cancel; return old.Task; });

        await load.RunAsync(_ => Task.FromResult("new"));
        token.IsCancellationRequested.ShouldBeTrue();
        old.SetResult("old");
        await first;

        (load.Value, load.IsLoading).ShouldBe(("new", false));
    }

    [Fact]
    public async Task The_old_value_stays_while_a_newer_one_is_read()
    {
        using var load = NewLoad();
        await load.RunAsync(_ => Task.FromResult("old"));
        var answer = new TaskCompletionSource<string>();

        var run = load.RunAsync(_ => answer.Task);

        (load.Value, load.IsLoading).ShouldBe(("old", true));
        answer.SetResult("new");
        await run;
    }

    [Fact]
    public async Task A_failure_names_the_store_and_can_be_tried_again()
    {
        using var load = NewLoad();
        var fails = true;
        await load.RunAsync(_ => fails ? throw new StoreUnavailableException("Redis", "away") : Task.FromResult("there"));
        load.Fault.ShouldNotBeNull().Store.ShouldBe("Redis");
        load.Fault!.TraceId.Length.ShouldBe(32);

        fails = false;
        await load.AgainAsync();

        (load.Fault, load.Value).ShouldBe((null, "there"));
    }

    [Fact]
    public async Task A_page_that_is_left_cancels_its_load_and_is_not_repainted()
    {
        var load = NewLoad();
        var run = load.RunAsync(cancel => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel).ContinueWith(_ => "late", TaskScheduler.Default));
        load.Dispose();

        await run;

        (_changes, load.HasValue).ShouldBe((1, false));
    }
}
