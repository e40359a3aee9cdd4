using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace OrderConsole.Core.Data;

/// <summary>For <c>dotnet ef</c> alone: a migration is made from the model, no database is opened.</summary>
internal sealed class DesignTimeSqlite : IDesignTimeDbContextFactory<SqliteOrdersDb>
{
    public SqliteOrdersDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteOrdersDb>().UseSqlite("Data Source=design.db").Options);
}

/// <inheritdoc cref="DesignTimeSqlite"/>
internal sealed class DesignTimePostgres : IDesignTimeDbContextFactory<PostgresOrdersDb>
{
    public PostgresOrdersDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresOrdersDb>().UseNpgsql("Host=design").Options);
}
