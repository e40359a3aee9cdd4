using System.ComponentModel.DataAnnotations;

namespace OrderConsole.Core.Audit;

/// <summary>Section <c>Audit</c>.</summary>
public sealed class AuditOptions
{
    /// <summary>The secret of the chain, at least 32 characters; the same on all consoles. Give it by the environment or a secret store, or give <see cref="KeyFile"/>.</summary>
    public string Key { get; set; } = "";

    /// <summary>A file that holds the secret instead. Without either, SQLite has one made beside the database; PostgreSQL must be given one.</summary>
    public string KeyFile { get; set; } = "";

    /// <summary>Secrets of earlier rows, so that they can be verified after a change of the key.</summary>
    public IReadOnlyList<string> OldKeys { get; set; } = [];

    /// <summary>How long new rows go without an anchor in the log, 1 minute to 1 day.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan AnchorEvery { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How many new rows go without one, 1 to 1,000,000.</summary>
    [Range(1, 1_000_000)]
    public int AnchorRows { get; set; } = 1_000;
}
