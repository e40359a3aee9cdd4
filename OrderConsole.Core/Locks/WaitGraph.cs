namespace OrderConsole.Core.Locks;

/// <summary>Who waits for whom. Every waiter waits for one lock, so it has at most one way on.</summary>
internal static class WaitGraph
{
    /// <summary>Every circle once, its youngest member first: the one to give way.</summary>
    public static IReadOnlyList<IReadOnlyList<WaitCycleMember>> Cycles(IReadOnlyList<LockWaitRow> rows)
    {
        var wants = rows.Where(r => !r.IsHeld).ToDictionary(r => r.Waiter, StringComparer.Ordinal);
        var holders = rows.Where(r => r.IsHeld).GroupBy(r => r.OrderNo, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Waiter, StringComparer.Ordinal);
        var (cycles, done) = (new List<IReadOnlyList<WaitCycleMember>>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var start in wants.Keys.Order(StringComparer.Ordinal))
        {
            var way = new List<string>();
            for (string? at = start; at is not null && wants.TryGetValue(at, out var want); at = holders.GetValueOrDefault(want.OrderNo))
            {
                if (way.IndexOf(at) is >= 0 and var from)
                {
                    cycles.Add(YoungestFirst([.. way.Skip(from).Select(w => wants[w])]));
                    break;
                }
                if (!done.Add(at)) break;
                way.Add(at);
            }
        }
        return cycles;
    }

    private static List<WaitCycleMember> YoungestFirst(LockWaitRow[] circle)
    {
        var first = Array.IndexOf(circle, circle.OrderByDescending(w => w.Since).ThenByDescending(w => w.Waiter, StringComparer.Ordinal).First());
        LockWaitRow At(int i) => circle[(first + i + circle.Length) % circle.Length];
        return [.. circle.Select((_, i) => new WaitCycleMember(At(i).Waiter, At(i).Owner, At(i).Since, At(i - 1).OrderNo, At(i).OrderNo))];
    }
}
