using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Localization;
using OrderConsole.Components.Layout;

namespace OrderConsole.Components;

/// <summary>Language and theme are kept in cookies of this browser. A circuit keeps both for its life, so the page loads anew.</summary>
internal static class Preferences
{
    // Whatever comes after the present one: for the command box.
    private const string Next = "next";

    public static void MapPreferences(this IEndpointRouteBuilder app)
    {
        app.MapGet("/preferences/language/{name}", SetLanguage).ExcludeFromDescription().AllowAnonymous();
        app.MapGet("/preferences/theme/{name}", SetTheme).ExcludeFromDescription().AllowAnonymous();
    }

    private static Results<RedirectHttpResult, StatusCodeHttpResult> SetLanguage(string name, string? from, HttpContext context)
    {
        if (name == Next) name = After(Screens.Languages, CultureInfo.CurrentUICulture.Name);
        if (!Screens.Languages.Contains(name, StringComparer.Ordinal)) return TypedResults.StatusCode(StatusCodes.Status404NotFound);
        context.Response.Cookies.Append(CookieRequestCultureProvider.DefaultCookieName,
            CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(name)), Kept(context));
        return Back(from);
    }

    private static Results<RedirectHttpResult, StatusCodeHttpResult> SetTheme(string name, string? from, HttpContext context)
    {
        if (name == Next) name = After([.. ThemeChoice.All.Select(t => t.Name)], ThemeChoice.Named(context.Request.Cookies[ThemeChoice.Cookie]).Name);
        if (ThemeChoice.Named(name).Name != name) return TypedResults.StatusCode(StatusCodes.Status404NotFound);
        context.Response.Cookies.Append(ThemeChoice.Cookie, name, Kept(context));
        return Back(from);
    }

    private static CookieOptions Kept(HttpContext context) =>
        new() { MaxAge = TimeSpan.FromDays(365), IsEssential = true, HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps };

    private static string After(string[] all, string now) => all[(Array.IndexOf(all, now) + 1) % all.Length];

    /// <summary>Back to a page of ours; anything else goes to the start.</summary>
    private static RedirectHttpResult Back(string? from) =>
        TypedResults.LocalRedirect(from is ['/', not ('/' or '\\'), ..] or "/" && !from.Any(char.IsControl) ? from : "/");
}
