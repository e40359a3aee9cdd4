using Microsoft.AspNetCore.Components;

namespace OrderConsole.Components.Shared;

/// <summary>An amount with its currency beside it.</summary>
public sealed partial class Money
{
    [Parameter, EditorRequired] public decimal? Amount { get; set; }
    /// <summary>Three letters, as the order has it.</summary>
    [Parameter, EditorRequired] public string Currency { get; set; } = "";
}
