using System.ComponentModel.DataAnnotations;

namespace OrderConsole.Access;

/// <summary>Section <c>Access</c>: who gets in, and how.</summary>
public sealed class AccessOptions
{
    /// <summary>How long a sign-in lasts at most. 5 minutes to 24 hours.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "1.00:00:00", ErrorMessage = "Access:SessionLength is 00:05:00 to 1.00:00:00.")]
    public TimeSpan SessionLength { get; set; } = TimeSpan.FromHours(8);

    /// <summary>How long a sign-in lasts while nothing is asked for and no page is open. 1 minute to 8 hours.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "08:00:00", ErrorMessage = "Access:IdleTimeout is 00:01:00 to 08:00:00.")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Rounds of PBKDF2-HMAC-SHA512 for each password. Fewer than the default is for tests alone.</summary>
    [Range(10_000, 10_000_000)]
    public int PasswordIterations { get; set; } = 220_000;

    /// <summary>Live connections (open pages and hub clients) that one user or key may have at once.</summary>
    [Range(1, 10_000)]
    public int MaxConnectionsPerUser { get; set; } = 50;

    /// <summary>A folder for the keys that cookies are signed with, shared by the consoles that share users. Empty: in the database, encrypted.</summary>
    public string KeyFolder { get; set; } = "";

    /// <summary>Sign-ins and set-ups from one address, in tries a minute, 1 to 100,000.</summary>
    [Range(1, 100_000)]
    public int SignInsPerMinute { get; set; } = 60;

    /// <summary>Calls of one key or user, in calls a second on average, 1 to 1,000,000; twice as many at once.</summary>
    [Range(1, 1_000_000)]
    public int CallsPerSecond { get; set; } = 2_000;

    public OAuthOptions OAuth { get; set; } = new();

    public SetupOptions Setup { get; set; } = new();
}

/// <summary>Section <c>Access:Setup</c>, for a start without people: used once, while no user exists. From the environment, not from a file.</summary>
public sealed class SetupOptions
{
    public string AdminUser { get; set; } = "";
    public string AdminPassword { get; set; } = "";
    /// <summary>A key with every scope: <c>oc_</c> and 43 characters.</summary>
    public string ApiKey { get; set; } = "";
}
