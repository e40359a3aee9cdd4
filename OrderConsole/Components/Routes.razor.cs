using Microsoft.AspNetCore.Components;

namespace OrderConsole.Components;

public sealed partial class Routes
{
    /// <summary>The theme's name, from the cookie that only the first request has.</summary>
    [Parameter] public string Theme { get; set; } = "";
}
