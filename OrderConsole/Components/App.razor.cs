using Microsoft.AspNetCore.Components;
using OrderConsole.Components.Layout;

namespace OrderConsole.Components;

public sealed partial class App
{
    [CascadingParameter] private HttpContext Context { get; set; } = default!;

    private ThemeChoice Theme { get; set; } = ThemeChoice.System;

    protected override void OnInitialized() => Theme = ThemeChoice.Named(Context.Request.Cookies[ThemeChoice.Cookie]);
}
