using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using OrderConsole.Components.Layout;

namespace OrderConsole.Components;

public sealed partial class App
{
    [CascadingParameter] private HttpContext Context { get; set; } = default!;

    // Signing in is a plain form: whoever is not signed in has no open connection.
    private IComponentRenderMode? Mode => Context.AcceptsInteractiveRouting() ? RenderMode.InteractiveServer : null;

    private ThemeChoice Theme { get; set; } = ThemeChoice.System;

    protected override void OnInitialized() => Theme = ThemeChoice.Named(Context.Request.Cookies[ThemeChoice.Cookie]);
}
