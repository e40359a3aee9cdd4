using Microsoft.AspNetCore.Components;

namespace OrderConsole.Components.Layout;

/// <summary>Where a person is, for an address that brings them back.</summary>
public static class ReturnAddress
{
    /// <summary>The page and its filters as the query <c>?from=</c>.</summary>
    public static string From(this NavigationManager navigation) => "?from=" + Uri.EscapeDataString("/" + navigation.ToBaseRelativePath(navigation.Uri));
}
