using OrderConsole.Core.Data;
using OrderConsole.Jobs;

namespace OrderConsole.Demo;

/// <summary><c>--demo</c>: a shop that sells by itself, in a database file of its own that each start makes afresh.</summary>
internal static class DemoMode
{
    public const string Switch = "--demo";
    private const string Key = "Demo:IsOn";

    public static void Prepare(ConfigurationManager configuration)
    {
        var file = Path.Combine(Environment.CurrentDirectory, "data", "demo.db");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        foreach (var old in new[] { file, JobStore.FileFor(file) })
            foreach (var part in new[] { "", "-wal", "-shm" }) File.Delete(old + part);
        configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            [Key] = "true",
            ["ConnectionStrings:Orders"] = $"Data Source={file}",
            ["Database:Provider"] = nameof(DatabaseProvider.Sqlite),
            ["Queue:Store"] = "Database",
            ["Locks:Store"] = "Database",
            // There is one operator; nobody could be the second.
            ["Operations:SecondPersonAbove"] = "0",
            ["Operations:SecondPersonOnPaidOrders"] = "false",
            ["Environment:Name"] = "Demo",
            ["Environment:Color"] = "blue",
        });
    }

    public static bool IsOn(IConfiguration configuration) => configuration[Key] == "true";

    public static void AddDemoShop(this WebApplicationBuilder builder)
    {
        if (IsOn(builder.Configuration)) builder.Services.AddHostedService<DemoShop>();
    }
}
