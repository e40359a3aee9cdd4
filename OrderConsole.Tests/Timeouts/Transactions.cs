using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace OrderConsole.Tests.Timeouts;

/// <summary>Counts the transactions that begin on one database.</summary>
public sealed class Transactions : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly ConcurrentBag<IDisposable> _subscriptions = [];
    private readonly string _connectionString;
    private int _count;

    public Transactions(string connectionString)
    {
        _connectionString = connectionString;
        _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    public int Count => Volatile.Read(ref _count);

    public void OnNext(DiagnosticListener listener)
    {
        if (listener.Name == "Microsoft.EntityFrameworkCore") _subscriptions.Add(listener.Subscribe(this));
    }

    public void OnNext(KeyValuePair<string, object?> happened)
    {
        if (happened.Key == RelationalEventId.TransactionStarted.Name && ((TransactionEndEventData)happened.Value!).Transaction.Connection?.ConnectionString == _connectionString)
            Interlocked.Increment(ref _count);
    }

    public void OnError(Exception error) { }
    public void OnCompleted() { }

    public void Dispose()
    {
        foreach (var subscription in _subscriptions) subscription.Dispose();
    }
}
