using OrderConsole.Core.Queue;

namespace OrderConsole.Tests.Queue;

/// <summary>An empty queue of its own for one test.</summary>
/// <param name="WriteForeign">Writes an entry as another program would, past every check of ours: member and score in Unix
/// seconds. Null where no other program can write.</param>
/// <param name="Close">Throws it away.</param>
public sealed record QueueStore(
    ITimeoutQueue Queue, IQueueInspector Inspector, Func<string, double, Task>? WriteForeign = null, Func<ValueTask>? Close = null);
