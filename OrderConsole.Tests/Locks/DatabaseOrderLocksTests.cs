using OrderConsole.Core.Data;
using OrderConsole.Core.Locks.Database;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Locks;

public sealed class SqliteOrderLocksTests() : DatabaseOrderLocksTests(DatabaseProvider.Sqlite);

public sealed class PostgresOrderLocksTests() : DatabaseOrderLocksTests(DatabaseProvider.Postgres);

public abstract class DatabaseOrderLocksTests(DatabaseProvider provider) : OrderLocksConformance
{
    protected override async Task<LockStore> OpenAsync()
    {
        var database = await TestDatabase.CreateAsync(provider);
        return new LockStore(new DatabaseOrderLocks(database.Orders, TimeProvider.System), new DatabaseLockInspector(database.Orders), database.DisposeAsync);
    }
}
