namespace OrderConsole.Access;

/// <summary>
/// Length and not what everybody tries first; nothing about kinds of characters, which makes passwords worse. Common ones are
/// found by what they are made of: a well-known word or row of keys, written any way, with digits around it.
/// </summary>
internal static class PasswordRules
{
    public const int Shortest = 12, Longest = 128;
    private const int LeastDifferent = 5;

    private static readonly string[] Words =
    [
        "password", "passwort", "passphrase", "passw", "admin", "administrator", "root", "user", "guest", "operator", "viewer", "manager", "login", "signin", "welcome",
        "letmein", "changeme", "default", "secret", "master", "system", "server", "console", "orderconsole", "order", "orders", "shop", "store", "payment", "timeout",
        "company", "office", "test", "testing", "demo", "sample", "example", "temp", "temporary", "iloveyou", "iloveu", "loveyou", "love", "monkey", "dragon", "football",
        "baseball", "basketball", "superman", "batman", "starwars", "sunshine", "princess", "shadow", "michael", "jennifer", "jordan", "trustno", "whatever", "freedom",
        "hello", "helloworld", "computer", "internet", "google", "windows", "microsoft", "linux", "oracle", "postgres", "redis", "sqlite", "mysql", "docker", "github",
        "summer", "winter", "spring", "autumn", "monday", "friday", "january", "december", "china", "beijing", "shanghai", "woaini", "nihao", "mima", "guanliyuan",
        "correcthorsebatterystaple", "thisismypassword", "qwertyuiop", "qwerty", "qwertz", "azerty", "asdfghjkl", "asdf", "zxcvbnm", "zxcv", "qazwsxedc", "qazwsx",
        "abcdefghijklmnopqrstuvwxyz", "abcdef", "abcd", "abc", "onetwothree", "iamtheadmin", "access", "enter", "open", "sesame", "opensesame", "super", "strong", "secure",
        "1234567890", "0987654321", "123456789", "12345678", "123456", "654321", "123123", "112233", "121212", "12345", "1234", "4321", "ghijkl", "mnopqr", "stuvwx",
    ];
    private static readonly string[] ByLength = [.. Words.Select(Plain).OrderByDescending(w => w.Length)];

    /// <returns>A constant of <see cref="AccountRefusedException"/>, or null when the password will do.</returns>
    public static string? WhatIsWrong(string password, string userName) => password.Length switch
    {
        < Shortest => AccountRefusedException.TooShort,
        > Longest => AccountRefusedException.TooLong,
        _ => IsCommon(password, userName) ? AccountRefusedException.Common : null,
    };

    private static bool IsCommon(string password, string userName)
    {
        var rest = Plain(password);
        foreach (var word in ByLength.Prepend(Plain(userName)))
            if (word.Length > 2) rest = rest.Replace(word, "", StringComparison.Ordinal);
        // Hardly anything beyond well-known words: a list of guesses has it.
        return password.Distinct().Count() < LeastDifferent || rest.Distinct().Count() < LeastDifferent;
    }

    private static string Plain(string text) => new([.. text.ToLowerInvariant().Select(Plain)]);

    private static char Plain(char c) => c switch { '0' => 'o', '1' or '!' => 'i', '3' => 'e', '4' or '@' => 'a', '5' or '$' => 's', '7' => 't', _ => c };
}
