using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using OrderConsole.Access;
using OrderConsole.Components.Shared;
using OrderConsole.Live;

namespace OrderConsole.Components.Layout;

/// <summary>The pages, each with how much there waits for a person. No badge where the figure could not be read.</summary>
public sealed partial class SideNav
{
    private const long MostShown = 9999;

    [Inject] private IStringLocalizer<SharedResources> Text { get; set; } = default!;

    [CascadingParameter] private Task<AuthenticationState> SignedIn { get; set; } = default!;
    [Parameter, EditorRequired] public MetricsSnapshot Snapshot { get; set; } = default!;

    private ClaimsPrincipal Who { get; set; } = new();

    protected override async Task OnInitializedAsync() => Who = (await SignedIn).User;

    private bool May(string permission) => Who.May(permission);

    private static string Short(long count) => count > MostShown ? Figures.Count(MostShown) + "+" : Figures.Count(count);
}
