using System.Net;
using System.Net.Http.Headers;

namespace OrderConsole.Tests.Support;

/// <summary>Those who use the consoles of the tests: an administrator for browsers and a key for programs, both made at the start.</summary>
public static partial class Visitors
{
    public const string Admin = "operator", Password = "a quiet harbour at dawn";
    public const string ApiKey = "oc_0123456789abcdefghijklmnopqrstuvwxyzABCDEFE";

    /// <summary>For every console of the tests. Passwords cost little here; what they cost elsewhere has its own test.</summary>
    public static IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>
    {
        ["Access:Setup:AdminUser"] = Admin, ["Access:Setup:AdminPassword"] = Password, ["Access:Setup:ApiKey"] = ApiKey, ["Access:PasswordIterations"] = "10000", ["Access:SignInsPerMinute"] = "10000",
    };

    public static void SignIn(HttpClient http) => http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ApiKey);

    /// <summary>Waits until the key is known: a database that was made a moment ago may have its users a moment later.</summary>
    public static async Task UntilSignedInAsync(HttpClient http)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(30))
        {
            using var answer = await http.GetAsync(new Uri("api/me", UriKind.Relative));
            // Without a database nobody can be known; such tests know what they do.
            if (answer.IsSuccessStatusCode || answer.StatusCode == HttpStatusCode.ServiceUnavailable) return;
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
        throw new TimeoutException("The console does not know the key of the tests.");
    }
}
