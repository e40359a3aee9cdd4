using Microsoft.AspNetCore.Authentication.Cookies;

namespace OrderConsole.Access;

/// <summary>
/// <c>__Host-</c> before the cookie's name wherever the request came over TLS. Over plain HTTP, which is served on loopback
/// alone, browsers would not keep such a cookie.
/// </summary>
internal sealed class PrefixedCookies : ICookieManager
{
    public const string Prefix = "__Host-";
    private readonly ChunkingCookieManager _cookies = new();

    public string? GetRequestCookie(HttpContext context, string key) => _cookies.GetRequestCookie(context, Named(context, key));

    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) =>
        _cookies.AppendResponseCookie(context, Named(context, key), value, options);

    public void DeleteCookie(HttpContext context, string key, CookieOptions options) => _cookies.DeleteCookie(context, Named(context, key), options);

    private static string Named(HttpContext context, string key) => context.Request.IsHttps ? Prefix + key : key;
}
