using Microsoft.Extensions.Configuration;
using OrderConsole.Hosting;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Hosting;

/// <summary>A wrong setting never passes in silence.</summary>
public sealed class StartTests
{
    [Theory]
    [InlineData("http://0.0.0.0:5080")]
    [InlineData("http://*:5080")]
    [InlineData("http://192.168.1.7:5080")]
    [InlineData("http://127.0.0.1:0;http://[::]:0")]
    public async Task An_address_that_others_can_reach_fails_the_start(string urls)
    {
        var (exitCode, output) = await ConsoleProcess.RunToEndAsync([new("ASPNETCORE_URLS", urls)]);
        exitCode.ShouldBe(1);
        output.ShouldContain("in plain text");
        output.ShouldContain("loopback");
    }

    [Theory]
    [InlineData("Timeouts:BatchSise", "10")]
    [InlineData("Environment:Colour", "red")]
    [InlineData("Telemetry:Endpoint", "http://localhost:4317")]
    public async Task An_unknown_key_fails_the_start_with_its_full_name(string key, string value)
    {
        var (exitCode, output) = await ConsoleProcess.RunToEndAsync([new(key, value)]);
        exitCode.ShouldBe(1);
        output.ShouldContain(key);
    }

    [Theory]
    [InlineData("Timeouts:BatchSize", "0", "BatchSize")]
    [InlineData("Environment:Color", "pink", "Environment:Color")]
    [InlineData("Telemetry:OtlpEndpoint", "nonsense", "Telemetry:OtlpEndpoint")]
    public async Task A_value_out_of_range_fails_the_start_with_its_name(string key, string value, string named)
    {
        var (exitCode, output) = await ConsoleProcess.RunToEndAsync([new(key, value)]);
        exitCode.ShouldBe(1);
        output.ShouldContain(named);
    }

    [Fact]
    public async Task The_settings_file_of_the_root_is_loaded_with_every_section()
    {
        await using var host = await ConsoleHost.StartAsync();
        var settings = host.Get<IConfiguration>();
        settings["Orders:PaymentWindow"].ShouldBe("00:15:00");
        settings["Timeouts:BatchSize"].ShouldBe("500");
        foreach (var section in new[] { "ConnectionStrings", "Database", "Queue", "Locks", "Redis", "Timeouts", "Orders", "Operations", "Jobs", "Access", "Audit", "Environment", "Telemetry" })
            settings.GetSection(section).Exists().ShouldBeTrue(section);
    }

    [Theory]
    [InlineData("Timeouts", typeof(Core.Timeouts.TimeoutOptions))]
    [InlineData("Orders", typeof(Core.Orders.OrderOptions))]
    [InlineData("Diagnosis", typeof(Core.Diagnostics.DiagnosisOptions))]
    [InlineData("Redis", typeof(Core.Redis.RedisOptions))]
    [InlineData("Jobs", typeof(OrderConsole.Jobs.JobOptions))]
    [InlineData("Locks", typeof(Core.Locks.LockOptions))]
    [InlineData("Operations", typeof(Core.Operations.OperationOptions))]
    [InlineData("Audit", typeof(Core.Audit.AuditOptions))]
    [InlineData("Access", typeof(OrderConsole.Access.AccessOptions))]
    [InlineData("Access:Setup", typeof(OrderConsole.Access.SetupOptions))]
    // Lists and tables from the environment are added to those of the file, so these two have none there.
    [InlineData("Access:OAuth", typeof(OrderConsole.Access.OAuthOptions), "Scopes", "Groups")]
    [InlineData("Listening", typeof(ListeningOptions))]
    [InlineData("Environment", typeof(EnvironmentOptions))]
    [InlineData("Telemetry", typeof(TelemetryOptions))]
    public void The_settings_file_has_every_key_with_its_default(string section, Type options, params string[] without)
    {
        var file = new ConfigurationBuilder().AddJsonFile(Path.Combine(Path.GetDirectoryName(ConsoleAssembly.Path)!, "appsettings.json")).Build().GetSection(section);
        file.GetChildren().Select(c => c.Key).ShouldBe(options.GetProperties().Where(p => p.CanWrite).Select(p => p.Name).Except(without), ignoreOrder: true);
        var (defaults, read) = (Activator.CreateInstance(options)!, Activator.CreateInstance(options)!);
        file.Bind(read);
        foreach (var property in options.GetProperties().Where(p => !HasItsOwnRow(p.PropertyType))) property.GetValue(read).ShouldBe(property.GetValue(defaults), property.Name);
    }

    private static bool HasItsOwnRow(Type type) => type == typeof(OrderConsole.Access.OAuthOptions) || type == typeof(OrderConsole.Access.SetupOptions);
}
