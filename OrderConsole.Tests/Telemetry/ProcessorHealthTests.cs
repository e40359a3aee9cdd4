using Microsoft.Extensions.Options;
using OrderConsole.Core.Telemetry;
using OrderConsole.Core.Timeouts;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Telemetry;

public sealed class ProcessorHealthTests
{
    private static readonly TimeSpan OneTick = TimeSpan.FromTicks(1);
    private readonly TwoClocks _time = new();
    private readonly LogLines<ProcessorHealth> _log = new();
    private readonly TimeoutOptions _options = new() { PollInterval = TimeSpan.FromSeconds(2) };

    private ProcessorHealth Health => field ??= new ProcessorHealth(Options.Create(_options), _time, _log);

    [Fact]
    public void Without_a_round_it_counts_as_progressing_for_the_poll_interval_and_five_seconds()
    {
        Health.IsProgressing.ShouldBeTrue();
        Health.LastProgressAt.ShouldBeNull();

        _time.Advance(TimeSpan.FromSeconds(7) - OneTick);
        Health.IsProgressing.ShouldBeTrue();
        _time.Advance(OneTick);
        Health.IsProgressing.ShouldBeFalse();
    }

    [Fact]
    public void A_round_that_succeeds_counts_from_its_moment()
    {
        _ = Health;
        _time.Advance(TimeSpan.FromSeconds(60));
        Health.Progressed();
        Health.LastProgressAt.ShouldBe(_time.GetUtcNow());

        _time.Advance(TimeSpan.FromSeconds(7) - OneTick);
        Health.IsProgressing.ShouldBeTrue();
        _time.Advance(OneTick);
        Health.IsProgressing.ShouldBeFalse();
    }

    [Fact]
    public void A_round_that_fails_is_no_progress_and_ends_none()
    {
        Health.Progressed();
        _time.Advance(TimeSpan.FromSeconds(6));
        Health.Failed("Redis is away");
        Health.IsProgressing.ShouldBeTrue();

        _time.Advance(TimeSpan.FromSeconds(1));
        Health.IsProgressing.ShouldBeFalse();
        Health.LastError.ShouldBe("Redis is away");
    }

    [Fact]
    public void A_clock_that_is_set_back_does_not_hide_that_nothing_progresses()
    {
        Health.Progressed();
        _time.Advance(TimeSpan.FromSeconds(7));
        _time.WallClockOff = TimeSpan.FromHours(-3);

        Health.IsProgressing.ShouldBeFalse();
    }

    [Fact]
    public void Trouble_that_lasts_is_said_once_and_so_is_its_end()
    {
        Health.Progressed();
        for (var i = 0; i < 9; i++)
        {
            Health.Failed($"away {i}");
            _time.Advance(TimeSpan.FromMilliseconds(500));
        }
        Health.Progressed();
        Health.Progressed();

        _log.All.ShouldBe(["Warning: The processor is held up: away 4", "Warning: The processor goes on"]);
        Health.LastError.ShouldBeNull();
    }

    [Fact]
    public void Trouble_of_a_moment_is_not_worth_a_line()
    {
        Health.Progressed();
        for (var i = 0; i < 3; i++)
        {
            Health.Failed("away");
            _time.Advance(TimeSpan.FromMilliseconds(1_900));
            Health.Progressed();
        }

        _log.All.ShouldBeEmpty();
    }

    [Fact]
    public void A_console_that_only_shows_is_never_held_up()
    {
        _options.Enabled = false;
        _ = Health;
        _time.Advance(TimeSpan.FromDays(1));

        Health.IsProgressing.ShouldBeTrue();
    }
}
