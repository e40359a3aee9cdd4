using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OrderConsole.Hosting;

namespace OrderConsole.Tests.Hosting;

/// <summary>Nobody writes a line of the log but the console.</summary>
public sealed class OneLineLogTests
{
    private static readonly FakeTimeProvider Time = new(new(2026, 11, 23, 3, 4, 5, 678, TimeSpan.Zero));

    [Fact]
    public void What_others_wrote_stays_in_its_line() =>
        Written(LogLevel.Warning, "member x\r\n2026 info: fake \u001b[31m\u2028\u202e取消", null)
            .ShouldBe("2026-11-23T03:04:05.678Z warn: Queue[7] member x\\u000d\\u000a2026 info: fake \\u001b[31m\\u2028\\u202e取消" + Environment.NewLine);

    [Fact]
    public void The_lines_of_an_exception_are_indented() =>
        Written(LogLevel.Error, "failed", new InvalidOperationException("one\n2026 crit: two"))
            .Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Skip(1).ShouldAllBe(line => line.StartsWith("      "));

    private static string Written(LogLevel level, string text, Exception? exception)
    {
        using var writer = new StringWriter();
        new OneLineLog(Time).Write(new LogEntry<string>(level, "Queue", new EventId(7), text, exception, (state, _) => state), null, writer);
        return writer.ToString();
    }
}
