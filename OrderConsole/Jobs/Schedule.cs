using System.Diagnostics.CodeAnalysis;
using Quartz;

namespace OrderConsole.Jobs;

/// <summary>What is wrong with a schedule that somebody wrote.</summary>
/// <param name="Kind">count, field, never or form.</param>
/// <param name="Field">Of <c>field</c>: second, minute, hour, day, month, weekday or year.</param>
/// <param name="Value">What stands there.</param>
/// <param name="Allowed">What may stand there.</param>
public sealed record ScheduleFault(string Kind, string Field = "", string Value = "", string Allowed = "")
{
    /// <summary>In English, for settings and the API; pages have their own words for <see cref="Kind"/>.</summary>
    public string Words => Kind switch
    {
        "count" => $"five fields are wanted (minute hour day month weekday), or six or seven with a second in front; there are {Value}.",
        "field" => $"the {Field} \"{Value}\" is not allowed; {Allowed}.",
        "never" => "there is no such day, so it would never run.",
        _ => "the fields do not go together.",
    };
}

/// <summary>When a job runs: a cron text in the form that Quartz keeps, in a time zone.</summary>
public sealed record Schedule(CronExpression Cron)
{
    private static readonly string[] Names = ["second", "minute", "hour", "day", "month", "weekday", "year"];
    private static readonly string[] Allowed =
        ["0 to 59", "0 to 59", "0 to 23", "1 to 31, or L for the last", "1 to 12, or JAN to DEC", "0 to 7 (0 and 7 are Sunday), or SUN to SAT", "1970 to 2099"];
    private static readonly string[] Neutral = ["0", "0", "0", "1", "1", "?", "2030"];

    /// <summary>Six or seven fields, the first one the second.</summary>
    public string Text => Cron.CronExpressionString;

    /// <summary>The same in five Unix fields where they can say it, else as it is.</summary>
    public string Shown
    {
        get
        {
            var fields = Text.Split(' ');
            return fields is ["0", _, _, _, _, _] && fields[5].All(c => c is '?' or '*' || char.IsLetter(c) || c is ',' or '-')
                ? string.Join(' ', fields[1..].Select(f => f == "?" ? "*" : f))
                : Text;
        }
    }

    /// <summary>The next times after a moment.</summary>
    public IReadOnlyList<DateTimeOffset> Next(DateTimeOffset after, int count)
    {
        var times = new List<DateTimeOffset>(count);
        while (times.Count < count && Cron.GetNextValidTimeAfter(times.Count == 0 ? after : times[^1]) is { } next) times.Add(next);
        return times;
    }

    /// <summary>Reads what a person wrote.</summary>
    public static bool TryRead(string text, TimeZoneInfo zone, [NotNullWhen(true)] out Schedule? schedule, [NotNullWhen(false)] out ScheduleFault? fault)
    {
        schedule = null;
        var fields = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        fault = fields is [['@', ..]] ? null : fields.Length is < 5 or > 7 ? new("count", Value: $"{fields.Length}") : null;
        if (fault is not null) return false;
        var format = fields.Length == 5 ? CronFormat.Unix : CronFormat.Quartz;
        if (!CronExpression.TryParse(string.Join(' ', fields), format, out var cron))
        {
            fault = FirstWrong(fields, format) ?? new("form");
            return false;
        }
        cron = cron.WithTimeZone(zone);
        if (cron.GetNextValidTimeAfter(TimeProvider.System.GetUtcNow()) is null)
        {
            fault = new("never");
            return false;
        }
        schedule = new(cron);
        return true;
    }

    /// <summary>The first field that is wrong whatever stands in the others.</summary>
    private static ScheduleFault? FirstWrong(string[] fields, CronFormat format)
    {
        var first = format == CronFormat.Unix ? 1 : 0;
        for (var i = 0; i < fields.Length; i++)
        {
            var at = i + first;
            var alone = Neutral[first..(first + fields.Length)];
            alone[i] = fields[i];
            if (format == CronFormat.Unix && at != 5) alone[4] = "*";
            // Of the two days one must be left open in Quartz' form.
            if (format == CronFormat.Quartz && at == 5 && fields[i] != "?") alone[3] = "?";
            if (format == CronFormat.Quartz && at == 3 && fields[i] == "?") alone[5] = "*";
            if (!CronExpression.TryParse(string.Join(' ', alone), format, out _)) return new("field", Names[at], fields[i], Allowed[at]);
        }
        return null;
    }
}
