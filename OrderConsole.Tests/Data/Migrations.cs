using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Data;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Data;

public sealed class Migrations
{
    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.Postgres)]
    public void The_model_has_not_moved_on_without_a_migration(DatabaseProvider provider)
    {
        using var database = new OrderDatabase(provider, provider == DatabaseProvider.Sqlite ? "Data Source=unused.db" : "Host=unused", TimeProvider.System);
        using var db = database.Read();
        db.Database.HasPendingModelChanges().ShouldBeFalse("run 'EfDesign=true dotnet ef migrations add', see docs/decisions");
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.Postgres)]
    public async Task Consoles_that_start_together_migrate_once(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using (var db = database.Orders.Read()) await db.Database.MigrateAsync("0", TestContext.Current.CancellationToken);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            using var console = new OrderDatabase(provider, database.ConnectionString, TimeProvider.System);
            await console.MigrateAsync(TestContext.Current.CancellationToken);
        })));

        await using var after = database.Orders.Read();
        (await after.Database.GetPendingMigrationsAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }
}
