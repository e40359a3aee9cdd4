using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using OrderConsole.Access;

namespace OrderConsole.Components.Access;

public sealed partial class SignInPage
{
    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;
    /// <summary>Where to go afterwards.</summary>
    [SupplyParameterFromQuery] private string? From { get; set; }
    [SupplyParameterFromQuery] private string? Failed { get; set; }

    [Inject] private IOptions<AccessOptions> Options { get; set; } = default!;

    private OAuthOptions OAuth => Options.Value.OAuth;

    private string OAuthStart => $"{OAuthSignIn.Start}?from={Uri.EscapeDataString(From ?? "/")}";

    private string? Trouble => Failed switch
    {
        null => null,
        "wait" => Text["SignIn.Wait"].Value,
        "provider" => Text["SignIn.Provider"].Value,
        "provider_denied" => Text["SignIn.ProviderDenied"].Value,
        _ => Text["SignIn.Wrong"].Value,
    };
}
