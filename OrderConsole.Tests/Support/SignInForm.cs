using System.Net;
using System.Text.RegularExpressions;

namespace OrderConsole.Tests.Support;

/// <summary>A browser without pages: it keeps cookies and posts forms with the token that each needs.</summary>
internal sealed partial class SignInForm(Uri console)
{
    private readonly CookieContainer _jar = new();

    /// <summary>The token of the form on a page.</summary>
    public static string TokenOf(string page) => Token().Match(page).Groups[1].Value;

    public string? Cookie(string name) => _jar.GetCookies(console)[name]?.Value;

    public async Task<HttpStatusCode> GetAsync(string path)
    {
        using var http = Http();
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
        return answer.StatusCode;
    }

    /// <summary>Follows no redirect: the answer is what the console said.</summary>
    public async Task<HttpResponseMessage> OpenAsync(Uri address)
    {
        using var http = Http();
        return await http.GetAsync(address);
    }

    public async Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        using var http = Http();
        var token = TokenOf(await http.GetStringAsync(new Uri("sign-in", UriKind.Relative)));
        using var form = new FormUrlEncodedContent(fields.Append(("__RequestVerificationToken", token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
        return await http.PostAsync(new Uri(path, UriKind.Relative), form);
    }

    private HttpClient Http() => new(new SocketsHttpHandler { CookieContainer = _jar, AllowAutoRedirect = false }) { BaseAddress = console };

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
