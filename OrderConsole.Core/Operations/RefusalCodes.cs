namespace OrderConsole.Core.Operations;

/// <summary>Why a target of an operation was left alone, as stable words; texts for people are made from them.</summary>
public static class RefusalCodes
{
    public const string UnknownOrder = "unknown_order";
    public const string UnknownPayment = "unknown_payment";
    /// <summary>Paid or cancelled already.</summary>
    public const string NotPending = "not_pending";
    /// <summary>The target is not any more what the preview showed.</summary>
    public const string ChangedSincePreview = "changed_since_preview";
    /// <summary>The queue has the entry where it should be: scheduled, due or claimed.</summary>
    public const string InQueueAlready = "in_queue_already";
    /// <summary>The queue does not know it, or does not any more.</summary>
    public const string NotInQueue = "not_in_queue";
    /// <summary>A console works on it at this moment.</summary>
    public const string ClaimedNow = "claimed_now";
    /// <summary>The order is pending: its entry is needed.</summary>
    public const string StillPending = "still_pending";
    /// <summary>Somebody has decided about the payment already.</summary>
    public const string DecidedAlready = "decided_already";
    /// <summary>The payment paid its order: there is nothing to decide.</summary>
    public const string NothingToDecide = "nothing_to_decide";
    /// <summary>The order can not be reinstated: another payment paid it.</summary>
    public const string NotCancelled = "not_cancelled";
    public const string OutOfStock = "out_of_stock";
    public const string AmountMismatch = "amount_mismatch";
    public const string PausedAlready = "paused_already";
    public const string NotPaused = "not_paused";
    /// <summary>The lock is held by another token now than the one that was seen.</summary>
    public const string TokenChanged = "token_changed";
    /// <summary>Nobody holds the lock.</summary>
    public const string NotLocked = "not_locked";
    /// <summary>Somebody else unlocks it at this moment, or just did.</summary>
    public const string UnlockedAlready = "unlocked_already";
    /// <summary>Somebody may work under the lock: the clean-up leaves it.</summary>
    public const string LockAlive = "lock_alive";
    public const string Failed = "failed";
}
