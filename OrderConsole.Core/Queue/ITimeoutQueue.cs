namespace OrderConsole.Core.Queue;

/// <summary>
/// The hot path of the timeout queue: an index of order numbers by due time. It may vanish at any moment; the database
/// stays the truth. Every method takes up to any number of entries and works in steps of at most
/// <see cref="MaxEntriesPerCall"/>, one round trip a step.
/// </summary>
/// <remarks>
/// All methods throw <see cref="Data.StoreUnavailableException"/> when the store cannot answer (nothing about the entries
/// themselves is wrong) and <see cref="Data.StoreOutcomeUnknownException"/> when it may or may not have acted.
/// </remarks>
public interface ITimeoutQueue
{
    /// <summary>The most entries that one round trip carries, so that no call holds a store up for long.</summary>
    const int MaxEntriesPerCall = 1_000;

    /// <summary>
    /// Puts entries in, or moves their due time. An entry that is claimed right now is left alone: its owner reads the
    /// order afresh before acting. A dead letter is put back as scheduled, its counts forgotten.
    /// </summary>
    Task ScheduleAsync(IReadOnlyList<ScheduledTimeout> timeouts, CancellationToken cancel);

    /// <summary>Forgets entries, dead letters too; a claimed one is left to its owner, who will find the order final.</summary>
    Task UnscheduleAsync(IReadOnlyList<string> orderNos, CancellationToken cancel);

    /// <summary>
    /// Moves up to <paramref name="max"/> due entries to "claimed" in one atomic step, oldest first, by the store's own
    /// clock. An entry that no order can have (malformed member, absurd score) becomes a dead letter and does not stop the rest.
    /// </summary>
    /// <param name="max">1 to <see cref="MaxEntriesPerCall"/>.</param>
    /// <param name="lease">How long the claims are the owner's; afterwards <see cref="RecoverExpiredAsync"/> takes them back.</param>
    /// <param name="owner">Who claims: a node's name, for people to read.</param>
    Task<ClaimedBatch> ClaimDueAsync(int max, TimeSpan lease, string owner, CancellationToken cancel);

    /// <summary>Prolongs claims that are still the caller's to <paramref name="lease"/> from now; returns those that are not any more.</summary>
    Task<IReadOnlyList<ClaimedTimeout>> ExtendAsync(IReadOnlyList<ClaimedTimeout> claims, TimeSpan lease, CancellationToken cancel);

    /// <summary>
    /// Ends claims, each by its own verdict. A claim whose token is not the stored one any more is left untouched.
    /// </summary>
    /// <returns>How many claims were not the caller's any more.</returns>
    Task<int> ReleaseAsync(IReadOnlyList<ClaimRelease> releases, CancellationToken cancel);

    /// <summary>
    /// Makes up to <paramref name="max"/> claims whose lease has ended due again and counts a crash for each; one that
    /// has crashed <paramref name="maxCrashes"/> times becomes a dead letter with reason <see cref="DeadLetterReasons.Crashed"/>.
    /// </summary>
    Task<RecoveredClaims> RecoverExpiredAsync(int max, int maxCrashes, CancellationToken cancel);
}
