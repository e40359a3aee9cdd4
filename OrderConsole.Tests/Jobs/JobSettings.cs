using Npgsql;
using OrderConsole.Core.Data;
using OrderConsole.Jobs;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Jobs;

/// <summary>Consoles with jobs, for tests.</summary>
internal static class JobSettings
{
    private static readonly string[] Names = [.. JobCatalogue.All.Select(j => j.SettingName)];

    /// <summary>Jobs are on, and none begins by itself.</summary>
    public static Dictionary<string, string?> Quiet(IEnumerable<KeyValuePair<string, string?>> stores, params (string Key, string Value)[] more) =>
        With(stores, "0 0 1 1 *", more);

    /// <summary>Jobs are on, and each begins every second; the upkeep, which is dear, does not.</summary>
    public static Dictionary<string, string?> Busy(IEnumerable<KeyValuePair<string, string?>> stores) => With(stores, "* * * * * ?", ("Jobs:Schedules:Upkeep", ""));

    private static Dictionary<string, string?> With(IEnumerable<KeyValuePair<string, string?>> stores, string schedule, params (string Key, string Value)[] more)
    {
        var settings = new Dictionary<string, string?>(stores) { ["Jobs:Enabled"] = "true" };
        // A run that a test holds up is to wait for it, however slow the machine is.
        if (settings["Database:Provider"] == nameof(DatabaseProvider.Postgres)) settings["ConnectionStrings:Orders"] += ";Command Timeout=300";
        foreach (var name in Names) settings[$"Jobs:Schedules:{name}"] = schedule;
        foreach (var (key, value) in more) settings[key] = value;
        return settings;
    }

    /// <summary>Waits until jobs can be looked at.</summary>
    public static Task ReadyAsync(HttpClient http) => Eventually.HoldsAsync(
        async () => (await http.GetAsync(new Uri("/api/jobs", UriKind.Relative))).IsSuccessStatusCode, "the jobs are there", TimeSpan.FromSeconds(40));

    /// <summary>Holds the job "prune" up in PostgreSQL until it is disposed: a run that takes as long as the test wants.</summary>
    public static async Task<IAsyncDisposable> HoldPruneAsync(string connectionString)
    {
        var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "BEGIN; LOCK TABLE idempotency_keys IN ACCESS EXCLUSIVE MODE";
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    public static async Task<List<T>> ReadAsync<T>(string connectionString, string sql, Func<NpgsqlDataReader, T> read)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync()) rows.Add(read(reader));
        return rows;
    }
}
