using OrderConsole.Core.Data;
using StackExchange.Redis;

namespace OrderConsole.Core.Redis;

/// <summary>What went wrong, in the words that the rest of the program knows.</summary>
internal static class RedisFaults
{
    public const string Store = "Redis";

    // Errors that say something about the server's state, not about the call. None of them has changed anything.
    private static readonly string[] Transient =
    [
        "LOADING", "READONLY", "OOM", "BUSY", "MISCONF", "CLUSTERDOWN", "MASTERDOWN", "TRYAGAIN", "NOREPLICAS",
        "NOAUTH", "NOPERM", "WRONGPASS", "EXPIRED", "NOSCRIPT", "WRONGTYPE", "WRONGKEY",
    ];

    public static bool IsNoScript(Exception fault) => Says(fault, "NOSCRIPT");

    /// <summary>The script arrived after the deadline it was given, and did nothing.</summary>
    public static bool IsExpired(Exception fault) => Says(fault, "EXPIRED");

    /// <summary>The server answered, with an error: the connection itself is fine.</summary>
    public static bool IsAnswer(Exception fault) => fault is RedisServerException;

    /// <summary>Null for what is neither the store's fault nor ours to name: a bug in a script, say.</summary>
    public static StoreUnavailableException? Translate(Exception fault, string what, bool changes) => fault switch
    {
        StoreUnavailableException known => known,
        RedisServerException => IsTransient(fault) ? new(Store, $"Redis refused {what}: {fault.Message}", fault) : null,
        TimeoutException => NoAnswer(what, changes, fault),
        RedisConnectionException { FailureType: ConnectionFailureType.UnableToResolvePhysicalConnection or ConnectionFailureType.UnableToConnect }
            => new(Store, $"Redis is not connected: {what} was not sent.", fault),
        // The connection broke under a command that may have been sent already.
        RedisConnectionException or ObjectDisposedException or OperationCanceledException => NoAnswer(what, changes, fault),
        // For instance "cannot be issued to a slave": the client itself refused to send it.
        RedisException or RedisCommandException => new(Store, $"Redis cannot take {what}: {fault.Message}", fault),
        _ => null,
    };

    private static StoreUnavailableException NoAnswer(string what, bool changes, Exception fault) => changes
        ? new StoreOutcomeUnknownException(Store, $"Redis gave no answer to {what}; it may or may not have acted.", fault)
        : new StoreUnavailableException(Store, $"Redis gave no answer to {what}.", fault);

    private static bool IsTransient(Exception fault) => Array.Exists(Transient, word => Says(fault, word));

    // Older servers and clients put words of their own before the error, so it is not always at the start.
    private static bool Says(Exception fault, string word) =>
        fault is RedisServerException && fault.Message.Contains(word, StringComparison.Ordinal);
}
