using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Core.Operations;

namespace OrderConsole.Components.Locks;

/// <summary>Locks, one a row, as they were at one moment.</summary>
public sealed partial class LockTable
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    [Parameter, EditorRequired] public IReadOnlyList<ListedLock> Locks { get; set; } = [];
    /// <summary>When they were looked at.</summary>
    [Parameter, EditorRequired] public DateTimeOffset At { get; set; }
    /// <summary>Something was done: the list may be old.</summary>
    [Parameter] public EventCallback<Operation> OnDone { get; set; }

    // A key that is no plain text can not be named in a request.
    private static bool CanUnlock(ListedLock one) => one.Lock.Name.All(c => c is > ' ' and < (char)127);

    /// <summary>Only the lock that is on screen is taken away.</summary>
    private static OperationParameters SeenOf(ListedLock one) => new() { Token = one.Lock.Token ?? "" };
}
