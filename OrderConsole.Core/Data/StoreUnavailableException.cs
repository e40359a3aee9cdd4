namespace OrderConsole.Core.Data;

/// <summary>
/// A store cannot answer now: away, loading, read-only, full or locked. Nothing about the work itself is wrong, so it
/// waits and is tried again without a failure being counted.
/// </summary>
public class StoreUnavailableException(string store, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>"Redis", "SQLite" or "PostgreSQL".</summary>
    public string Store { get; } = store;
}

/// <summary>No answer within the deadline: the store may or may not have acted, now or never later.</summary>
public sealed class StoreOutcomeUnknownException(string store, string message, Exception? inner = null)
    : StoreUnavailableException(store, message, inner);
