using Microsoft.AspNetCore.Components;

namespace OrderConsole.Components.Shared;

/// <summary>An order's number: a link to its page, and a button that copies it.</summary>
public sealed partial class OrderNo
{
    [Parameter, EditorRequired] public string No { get; set; } = "";

    private string Url => UrlOf(No);

    public static string UrlOf(string no) => "/orders/" + Uri.EscapeDataString(no);
}
