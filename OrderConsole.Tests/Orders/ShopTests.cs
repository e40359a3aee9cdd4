using OrderConsole.Core.Data;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Orders;

/// <summary>Tests of the orders' domain, each on a database of its own.</summary>
public abstract class ShopTests(DatabaseProvider provider) : IAsyncLifetime
{
    private TestDatabase? _database;
    private Shop? _shop;

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;
    protected TestDatabase Database => _database ?? throw new InvalidOperationException("Not open yet.");
    protected Shop Shop => _shop ??= new Shop(Database.Orders);

    public virtual async ValueTask InitializeAsync() => _database = await TestDatabase.CreateAsync(provider);

    public virtual async ValueTask DisposeAsync()
    {
        if (_database is not null) await _database.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
