using System.Diagnostics;
using OrderConsole.Core.Data;

namespace OrderConsole.Components.Shared;

/// <summary>Why a load failed, for people.</summary>
/// <param name="Store">The store that did not answer, or null when it is a fault of the console.</param>
/// <param name="TraceId">Under which the log has the reason.</param>
public sealed record LoadFault(string? Store, string TraceId);

/// <summary>
/// Something that a page reads: loading, loaded or failed. A new load cancels the one before it, whose answer is never
/// shown. While a newer value is read, the old one stays. Belongs to one page and its thread.
/// </summary>
public sealed class Load<T>(Action changed, ILogger log) : IDisposable
{
    private CancellationTokenSource? _current;
    private Func<CancellationToken, Task<T>>? _read;

    /// <summary>The last value that was read; only meaningful when <see cref="HasValue"/>.</summary>
    public T? Value { get; private set; }
    public bool HasValue { get; private set; }
    public bool IsLoading { get; private set; }
    /// <summary>Why the last load failed; null while loading and after a success.</summary>
    public LoadFault? Fault { get; private set; }

    /// <summary>Reads; never throws: what goes wrong is in <see cref="Fault"/> and in the log.</summary>
    public async Task RunAsync(Func<CancellationToken, Task<T>> read)
    {
        _read = read;
        _current?.Cancel();
        using var mine = new CancellationTokenSource();
        _current = mine;
        (IsLoading, Fault) = (true, null);
        changed();
        try
        {
            var value = await read(mine.Token);
            if (_current != mine) return;
            (Value, HasValue) = (value, true);
        }
        catch (OperationCanceledException) when (_current != mine)
        {
            return;
        }
        catch (Exception fault)
        {
            if (_current != mine) return;
            Fault = Explain(fault);
        }
        _current = null;
        IsLoading = false;
        changed();
    }

    /// <summary>The same again.</summary>
    public Task AgainAsync() => _read is { } read ? RunAsync(read) : Task.CompletedTask;

    public void Dispose()
    {
        var current = _current;
        _current = null;
        current?.Cancel();
    }

    private LoadFault Explain(Exception fault)
    {
        var trace = (Activity.Current?.TraceId ?? ActivityTraceId.CreateRandom()).ToHexString();
        var store = (fault as StoreUnavailableException)?.Store;
        LoadLog.Failed(log, fault, trace);
        return new(store, trace);
    }
}

internal static partial class LoadLog
{
    [LoggerMessage(1301, LogLevel.Warning, "A page could not read what it shows ({TraceId})")]
    public static partial void Failed(ILogger log, Exception fault, string traceId);
}
