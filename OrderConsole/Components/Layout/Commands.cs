using OrderConsole.Components.Operations;
using OrderConsole.Components.Why;
using OrderConsole.Core.Operations;

namespace OrderConsole.Components.Layout;

/// <summary>Something that the command box can do. Its name is the text <c>Command.{Key}</c>.</summary>
/// <param name="Url">Where it leads; null when it opens a dialog.</param>
/// <param name="IsReload">The browser loads <paramref name="Url"/> anew, and it comes back to the page it was called from.</param>
/// <param name="Opens">The id of the dialog it opens.</param>
/// <param name="Does">The operator action whose dialog it opens; offered to those who may do it.</param>
public sealed record Command(string Key, string? Url = null, bool IsReload = false, string? Opens = null, OperationRequest? Does = null);

/// <summary>What the command box can do beside going to pages and orders. A page adds what it offers here.</summary>
public static class Commands
{
    public static IReadOnlyList<Command> All { get; } =
    [
        new("theme", "/preferences/theme/next", IsReload: true),
        new("language", "/preferences/language/next", IsReload: true),
        new("export", "/orders"),
        new("why", Opens: WhyBox.Id),
        new("diagnose", "/diagnosis?run=true"),
        new("pause", Does: new(PauseProcessing.ActionName, TargetSelection.Of(PauseProcessing.Target))),
        new("resume", Does: new(ResumeProcessing.ActionName, TargetSelection.Of(PauseProcessing.Target))),
        new("cleanup", Does: new(CleanUpLocks.ActionName, TargetSelection.All(LockSelection.Removable))),
        new("compare", "/reconciliation?run=true"),
        new("keys", Opens: KeyboardHelp.Id),
    ];
}
