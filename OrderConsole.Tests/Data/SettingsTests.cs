using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OrderConsole.Core;
using OrderConsole.Core.Data;
using OrderConsole.Core.Orders;
using OrderConsole.Core.Redis;
using OrderConsole.Core.Timeouts;

namespace OrderConsole.Tests.Data;

public sealed class SettingsTests
{
    private static readonly (string, string)[] WithRedis = [("Queue:Store", "Redis"), ("ConnectionStrings:Redis", "127.0.0.1:1")];

    /// <summary>What a start does with settings before anything runs.</summary>
    private static void Start(params IEnumerable<(string Key, string Value)> settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => (string?)s.Value)).Build();
        using var services = new ServiceCollection().AddLogging().AddMetrics().AddOrderConsoleCore(configuration).BuildServiceProvider();
        services.GetRequiredService<IStartupValidator>().Validate();
    }

    private static string MessageOf(Action start) => Should.Throw<Exception>(start).Message;

    [Fact]
    public void Without_any_setting_it_starts() => Start();

    [Theory]
    [InlineData("Orders")]
    [InlineData("Timeouts")]
    [InlineData("Database")]
    [InlineData("Queue")]
    [InlineData("Locks")]
    [InlineData("ConnectionStrings")]
    [InlineData("Redis")]
    public void An_unknown_key_fails_the_start_with_its_full_name_and_the_known_ones(string section)
    {
        var message = MessageOf(() => Start([.. WithRedis, ($"{section}:PolInterval", "1")]));

        message.ShouldContain($"{section}:PolInterval");
        message.ShouldContain("Known are: ");
    }

    [Theory]
    [InlineData("Timeouts", "BatchSize", "0", "1001")]
    [InlineData("Timeouts", "Parallelism", "0", "17")]
    [InlineData("Timeouts", "Lease", "00:00:02.999", "00:10:00.001")]
    [InlineData("Timeouts", "PollInterval", "00:00:00.049", "00:00:10.001")]
    [InlineData("Timeouts", "RecoverInterval", "00:00:00.999", "00:05:00.001")]
    [InlineData("Timeouts", "ReconcileInterval", "00:00:04.999", "01:00:00.001")]
    [InlineData("Timeouts", "MaxFailures", "0", "101")]
    [InlineData("Timeouts", "MaxCrashes", "0", "101")]
    [InlineData("Timeouts", "RetryDelay", "00:00:00.099", "00:01:00.001")]
    [InlineData("Timeouts", "MaxRetryDelay", "00:00:00.999", "01:00:00.001")]
    [InlineData("Timeouts", "LockNearExpiry", "-00:00:00.001", "00:00:30.001")]
    [InlineData("Timeouts", "LockHeldDelay", "00:00:00.099", "00:05:00.001")]
    [InlineData("Orders", "PaymentWindow", "00:00:00.999", "30.00:00:00.001")]
    [InlineData("Orders", "IdempotencyRetention", "00:59:59.999", "30.00:00:00.001")]
    [InlineData("Redis", "CallTimeout", "00:00:00.099", "00:00:30.001")]
    [InlineData("Redis", "PingInterval", "00:00:00.049", "00:00:30.001")]
    [InlineData("Redis", "MissedPings", "0", "11")]
    public void A_value_out_of_range_fails_the_start_with_its_name(string section, string key, string tooLittle, string tooMuch)
    {
        foreach (var value in new[] { tooLittle, tooMuch })
            MessageOf(() => Start([.. WithRedis, ($"{section}:{key}", value)])).ShouldContain(key);
    }

    [Theory]
    [InlineData("Timeouts:Lease", "soon")]
    [InlineData("Timeouts:BatchSize", "many")]
    [InlineData("Database:Provider", "Oracle")]
    [InlineData("Queue:Store", "Rabbit")]
    public void A_value_of_the_wrong_form_fails_the_start_with_its_name(string key, string value) => MessageOf(() => Start((key, value))).ShouldContain(key);

    [Theory]
    [InlineData("Queue:Store")]
    [InlineData("Locks:Store")]
    public void Redis_without_a_connection_string_fails_the_start_and_says_which_is_missing(string key)
    {
        var message = MessageOf(() => Start((key, "Redis")));

        message.ShouldContain(key);
        message.ShouldContain("ConnectionStrings:Redis");
    }

    [Fact]
    public void Postgres_without_a_connection_string_fails_the_start_and_says_which_is_missing() =>
        MessageOf(() => Start(("Database:Provider", "Postgres"))).ShouldContain("ConnectionStrings:Orders");

    [Theory]
    [InlineData("Orders", typeof(OrderOptions))]
    [InlineData("Timeouts", typeof(TimeoutOptions))]
    [InlineData("Redis", typeof(RedisOptions))]
    [InlineData("Database", typeof(DatabaseOptions))]
    [InlineData("Queue", typeof(StoreOptions))]
    [InlineData("Locks", typeof(StoreOptions))]
    public void The_settings_file_says_the_defaults(string section, Type type)
    {
        var file = new ConfigurationBuilder().AddJsonFile(Path.Combine(Conventions.Root, "appsettings.json")).Build().GetSection(section);
        var (defaults, read) = (Activator.CreateInstance(type)!, Activator.CreateInstance(type)!);
        file.Bind(read);

        foreach (var property in type.GetProperties().Where(p => file[p.Name] is not null))
            property.GetValue(read).ShouldBe(property.GetValue(defaults), $"{section}:{property.Name}");
        file.GetChildren().ShouldNotBeEmpty();
    }
}
