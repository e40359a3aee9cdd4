namespace OrderConsole.Core.Data;

public enum DatabaseProvider { Sqlite, Postgres }

/// <summary>Section <c>Database</c>. The connection string is <c>ConnectionStrings:Orders</c>.</summary>
public sealed class DatabaseOptions
{
    /// <summary><c>Sqlite</c> (default) or <c>Postgres</c>.</summary>
    public DatabaseProvider Provider { get; set; } = DatabaseProvider.Sqlite;
}
