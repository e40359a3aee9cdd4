using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Components.Layout;
using OrderConsole.Core.Diagnostics;

namespace OrderConsole.Components.Diagnostics;

/// <summary>One finding: what it is, what to do, the button that does it where that is safe, and the evidence.</summary>
public sealed partial class FindingCard
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    [Parameter, EditorRequired] public Finding Finding { get; set; } = default!;
    /// <summary>The operation that mends it is over.</summary>
    [Parameter] public EventCallback Mended { get; set; }

    private string ChangeTone => Finding.Change switch { FindingChange.New => "accent", FindingChange.Worse => "bad", _ => "good" };

    /// <summary>Where the same is seen in detail, or null.</summary>
    private ShellPage? Detail => Finding.Check switch
    {
        "oldest_overdue" => Of("orders"),
        "late_payments" => Of("payments"),
        "contention" or "lock_log" or "leaked_locks" or "final_locks" or "lock_holders" or "near_misses" => Of("locks"),
        "dead_letters" or "claims" or "backlog" => Of("timeouts"),
        "lost" or "ghosts" or "due_times" or "malformed" => Of("reconciliation"),
        _ => null,
    };

    private static ShellPage? Of(string key) => ShellPages.All.FirstOrDefault(p => p.Key == key);
}
