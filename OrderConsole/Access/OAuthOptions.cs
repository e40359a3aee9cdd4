namespace OrderConsole.Access;

/// <summary>
/// Section <c>Access:OAuth</c>: sign-in through an OAuth 2 provider, beside passwords, which stay for when it is away. Off while <see cref="ClientId"/> is empty.
/// </summary>
public sealed class OAuthOptions
{
    /// <summary>What the button says.</summary>
    public string Name { get; set; } = "SSO";
    public string ClientId { get; set; } = "";
    /// <summary>From the environment, not from a file.</summary>
    public string ClientSecret { get; set; } = "";
    public string AuthorizationEndpoint { get; set; } = "";
    public string TokenEndpoint { get; set; } = "";
    /// <summary>Answers with a JSON object about whoever has the access token.</summary>
    public string UserInformationEndpoint { get; set; } = "";
    public IReadOnlyList<string> Scopes { get; set; } = ["openid", "profile"];
    /// <summary>The field that never changes for a person; users are known by it and the provider.</summary>
    public string SubjectField { get; set; } = "sub";
    public string NameField { get; set; } = "preferred_username";
    /// <summary>A field with a list of groups, or one text with spaces between them.</summary>
    public string GroupsField { get; set; } = "groups";
    /// <summary>Which group may be what: <c>viewer</c> or <c>operator</c>. Nobody becomes an administrator by a group.</summary>
    public Dictionary<string, string> Groups { get; set; } = [];

    public bool IsOn => ClientId.Length > 0;
}
