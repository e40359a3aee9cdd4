using OrderConsole.Core.Locks;

namespace OrderConsole.Tests.Locks;

/// <summary>Locks that no other test sees.</summary>
/// <param name="Close">Throws them away.</param>
public sealed record LockStore(IOrderLocks Locks, ILockInspector Inspector, Func<ValueTask>? Close = null);
