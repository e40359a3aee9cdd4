namespace OrderConsole.Core.Locks;

/// <summary>Finds what the clean-up may remove.</summary>
public sealed class RemovableLocks(LockVerdicts verdicts)
{
    /// <summary>The names of removable locks, at most <paramref name="most"/>; what is left over is found the next time.</summary>
    public async Task<IReadOnlyList<string>> NamesAsync(int most, CancellationToken cancel)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var page in verdicts.WalkAsync(cancel))
        {
            // A name that no program writes cannot be named in a request either.
            foreach (var one in page.Where(one => one.Verdict.CanBeCleaned && Operations.TargetReader.IsTarget(one.Lock.Name)))
                if (names.Count < most) names.Add(one.Lock.Name);
            if (names.Count >= most) break;
        }
        return [.. names];
    }
}
