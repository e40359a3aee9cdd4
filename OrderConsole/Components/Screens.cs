using OrderConsole.Access;
using OrderConsole.Components.Layout;
using OrderConsole.Components.Locks;
using OrderConsole.Components.Operations;
using OrderConsole.Components.Orders;
using OrderConsole.Components.Shared;
using Radzen;

namespace OrderConsole.Components;

/// <summary>The operators' pages: Blazor on the server, Radzen's charts, two languages, three themes.</summary>
internal static class Screens
{
    public static readonly string[] Languages = ["en", "zh-Hans"];

    public static void AddScreens(this WebApplicationBuilder builder)
    {
        builder.Services.AddRazorComponents().AddInteractiveServerComponents(circuits =>
        {
            circuits.DetailedErrors = false;
            circuits.DisconnectedCircuitMaxRetained = 20;
            circuits.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(1);
            circuits.PersistedCircuitInMemoryMaxRetained = 0;
        });
        builder.Services.AddAntiforgery(forms => (forms.Cookie.Name, forms.Cookie.SecurePolicy) = ("orderconsole-form", CookieSecurePolicy.SameAsRequest));
        builder.Services.AddRadzenComponents();
        builder.Services.AddSingleton<CommandSearch>();
        builder.Services.AddSingleton<OrderReader>();
        builder.Services.AddSingleton<LockReader>();
        builder.Services.AddScoped<LiveUpdates>();
        builder.Services.AddScoped<Notices>();
        builder.Services.AddScoped<Visitor>();
        builder.Services.AddScoped<OperationDialogs>();
        builder.Services.AddScoped<PageClock>();
        builder.Services.AddLocalization(o => o.ResourcesPath = "Resources");
        builder.Services.Configure<RequestLocalizationOptions>(o => o
            .SetDefaultCulture(Languages[0]).AddSupportedCultures(Languages).AddSupportedUICultures(Languages));
    }

    public static void UseScreens(this WebApplication app)
    {
        app.UseExceptionHandler("/error", createScopeForErrors: true);
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.UseRequestLocalization();
    }

    public static void MapScreens(this WebApplication app)
    {
        app.UseAntiforgery();
        app.MapStaticAssets().AllowAnonymous();
        app.MapPreferences();
        // The policy is in our own header; the framework would add a second, weaker one.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(o => o.ContentSecurityFrameAncestorsPolicy = null);
    }
}
