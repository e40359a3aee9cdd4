using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OrderConsole.Components.Operations;
using OrderConsole.Core.Data;
using OrderConsole.Core.Operations;
using OrderConsole.Core.Orders;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Components;

/// <summary>The steps of the dialog without a browser, over a real gate.</summary>
public sealed class OperationRunTests : IAsyncLifetime
{
    private TestDatabase _database = default!;
    private Engine _engine = default!;
    private Shop _shop = default!;
    private IReadOnlyList<string> _orders = [];
    private int _changes;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        _engine = await Engine.CreateAsync([.. _database.Settings, new("Timeouts:Enabled", "false")], services => services.AddLocalization(o => o.ResourcesPath = "Resources"));
        await _engine.StartAsync();
        _shop = new Shop(_database.Orders);
        _orders = await _shop.OverdueAsync(3);
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Goes_from_the_preview_to_the_receipt_and_tells_when_it_is_over()
    {
        var run = NewRun(new(ActionTexts.Cancel, TargetSelection.Of([.. _orders, "UNKNOWN"])));

        await run.PrepareAsync(OperationParameters.None, CancellationToken.None);
        (run.Step, run.Operation!.Left, run.Codes[RefusalCodes.UnknownOrder]).ShouldBe((OperationStep.Preview, 3, 1));
        (await _shop.Orders.RowAsync(_orders[0], CancellationToken.None))!.Status.ShouldBe(OrderStatus.Pending);
        run.End.IsCompleted.ShouldBeFalse();

        await run.RunAsync("test", CancellationToken.None);
        run.Step.ShouldBe(OperationStep.Finished);
        (await run.End).ShouldNotBeNull().Done.ShouldBe(3);
        _changes.ShouldBeGreaterThan(3);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(3, false)]
    [InlineData(2, true)]
    public async Task The_preview_knows_whether_a_second_person_is_needed(int above, bool takesTwo)
    {
        _engine.Get<IOptions<OperationOptions>>().Value.SecondPersonAbove = above;
        var run = NewRun(new(ActionTexts.Cancel, TargetSelection.Of(_orders)));
        await run.PrepareAsync(OperationParameters.None, CancellationToken.None);
        run.TakesTwo.ShouldBeFalse("what the console does by itself waits for nobody");
        _engine.Get<OperationGate>().TakesTwo(run.Operation!, new Operator("somebody", Operator.Console)).ShouldBe(takesTwo);
    }

    [Fact]
    public async Task Two_clicks_run_it_once()
    {
        var run = NewRun(new(ActionTexts.Cancel, TargetSelection.Of(_orders)));
        await run.PrepareAsync(OperationParameters.None, CancellationToken.None);

        await Task.WhenAll(run.RunAsync("first", CancellationToken.None), run.RunAsync("second", CancellationToken.None));

        run.Operation.ShouldNotBeNull().Reason.ShouldBe("first");
        (await _engine.Get<OperationQueries>().PageAsync(null, 1, 50, CancellationToken.None)).Total.ShouldBe(1);
    }

    [Fact]
    public async Task Asks_for_what_is_missing_and_can_be_asked_again()
    {
        var run = NewRun(new(ActionTexts.Extend, TargetSelection.Of(_orders)));
        run.Step.ShouldBe(OperationStep.Asking);

        await run.PrepareAsync(new() { By = TimeSpan.FromHours(1) }, CancellationToken.None);
        run.Step.ShouldBe(OperationStep.Preview);
        run.AskAgain();
        run.Step.ShouldBe(OperationStep.Asking);

        NewRun(new(ActionTexts.Extend, TargetSelection.Of(_orders), new() { By = TimeSpan.FromHours(1) })).Step.ShouldBe(OperationStep.Preparing);
        NewRun(new(ActionTexts.Refund, TargetSelection.Of("pay-1"))).Step.ShouldBe(OperationStep.Asking);
    }

    [Fact]
    public async Task A_refusal_of_the_gate_is_told_in_words_and_not_tried_again()
    {
        _engine.Get<IOptions<OperationOptions>>().Value.ReadOnly = true;
        var run = NewRun(new(ActionTexts.Cancel, TargetSelection.Of(_orders)));

        await run.PrepareAsync(OperationParameters.None, CancellationToken.None);

        run.Fault.ShouldNotBeNull().Words.ShouldContain("read-only");
        run.Fault!.CanRetry.ShouldBeFalse();
        run.Leave();
        (await run.End).ShouldBeNull();
    }

    [Fact]
    public async Task Leaving_before_it_runs_gives_it_up()
    {
        var run = NewRun(new(ActionTexts.Cancel, TargetSelection.Of(_orders)));
        await run.PrepareAsync(OperationParameters.None, CancellationToken.None);

        run.Leave();

        (await run.End).ShouldBeNull();
        (await _shop.Orders.RowAsync(_orders[0], CancellationToken.None))!.Status.ShouldBe(OrderStatus.Pending);
    }

    private OperationRun NewRun(OperationRequest request) => new(
        request, Operator.System("operator"), _engine.Get<OperationGate>(), _engine.Get<OperationRunner>(), _engine.Get<OperationQueries>(),
        _engine.Get<IStringLocalizer<SharedResources>>(), NullLogger<OperationRun>.Instance, () => _changes++);
}
