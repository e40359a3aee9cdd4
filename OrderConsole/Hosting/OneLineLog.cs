using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace OrderConsole.Hosting;

/// <summary>
/// One event, one line, with its time in UTC: <c>2026-11-23T03:04:05.678Z warn: Category[1302] text</c>. Control characters of
/// what others wrote (members of the queue, owners of locks, names) are shown as <c>\u001b</c>, so that nobody writes a line of their own
/// or moves the cursor; the lines of an exception are indented.
/// </summary>
internal sealed class OneLineLog(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "one-line";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        textWriter.Write(time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        textWriter.Write(string.Create(CultureInfo.InvariantCulture, $" {Word(logEntry.LogLevel)}: {logEntry.Category}[{logEntry.EventId.Id}] "));
        textWriter.WriteLine(Escaped(logEntry.Formatter(logEntry.State, logEntry.Exception)));
        if (logEntry.Exception is not { } exception) return;
        foreach (var line in exception.ToString().Split('\n')) textWriter.WriteLine("      " + Escaped(line.TrimEnd('\r')));
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        LogLevel.Critical => "crit",
        _ => "info",
    };

    /// <summary>Also without the characters that turn the direction of writing or end a line in some terminals.</summary>
    private static string Escaped(string text)
    {
        if (!text.Any(IsUnseen)) return text;
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var c in text)
            if (IsUnseen(c)) escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else escaped.Append(c);
        return escaped.ToString();
    }

    private static bool IsUnseen(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
