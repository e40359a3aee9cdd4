using OrderConsole.Core.Redis;

namespace OrderConsole.Tests.Redis;

public sealed class RedisScriptTests
{
    private static readonly string[] Reading =
        ["queue_count", "queue_page", "queue_find", "queue_missing", "queue_requeueable", "queue_histogram", "queue_names", "queue_next", "queue_rows", "lock_look", "lock_count"];

    private static IEnumerable<string> Scripts() => typeof(RedisScript).Assembly.GetManifestResourceNames()
        .Where(name => name.EndsWith(".lua", StringComparison.Ordinal)).Select(name => name[..^4])
        .Where(name => RedisScript.Load(name).Text.Contains("\nreturn ", StringComparison.Ordinal));

    [Fact]
    public void Every_included_file_is_embedded() =>
        Scripts().ShouldAllBe(name => !RedisScript.Load(name).Text.Contains("@include", StringComparison.Ordinal));

    [Fact]
    public void Every_script_that_changes_something_begins_with_its_deadline()
    {
        foreach (var script in Scripts().Except(Reading))
            RedisScript.Load(script).Text.ShouldContain("EXPIRED", customMessage: script);
    }
}
