using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OrderConsole.Components.Shared;
using OrderConsole.Core.Locks;

namespace OrderConsole.Components.Locks;

/// <summary>Whether a lock may be removed, and why.</summary>
public sealed partial class LockOpinion
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    [Parameter, EditorRequired] public LockVerdict Verdict { get; set; } = default!;

    private string? Held => Verdict switch
    {
        { Held: { } held, UsualHold: { } usual } => Text["LockPage.HeldAgainst", Text.Duration(held), Text.Duration(usual)].Value,
        { Held: { } held } => Text["LockPage.Held", Text.Duration(held)].Value,
        _ => null,
    };
}
