using OrderConsole.Components.Layout;
using OrderConsole.Live;

namespace OrderConsole.Tests.Components;

public sealed class ShellPagesTests
{
    [Theory]
    [InlineData(0.4, 0L)]
    [InlineData(2.5, 3L)]
    public void The_orders_badge_leaves_out_what_has_just_fallen_due(double oldestSeconds, long shown)
    {
        var snapshot = new MetricsSnapshot { At = TimeProvider.System.GetUtcNow(), ExpiredPending = 3, OldestOverdueSeconds = oldestSeconds };

        ShellPages.All.Single(p => p.Key == "orders").Waiting(snapshot).ShouldBe(shown);
    }
}
