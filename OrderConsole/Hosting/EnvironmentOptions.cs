using System.ComponentModel.DataAnnotations;

namespace OrderConsole.Hosting;

/// <summary>Section <c>Environment</c>: what tells this console from another one at a glance.</summary>
public sealed class EnvironmentOptions
{
    /// <summary>Shown beside the product's name, for example "Production"; empty shows nothing. At most 30 characters.</summary>
    [StringLength(30)]
    public string Name { get; set; } = "";

    /// <summary>Of the name's badge: empty (grey), <c>red</c>, <c>amber</c>, <c>green</c> or <c>blue</c>.</summary>
    [AllowedValues("", "red", "amber", "green", "blue", ErrorMessage = "Environment:Color is red, amber, green, blue or empty.")]
    public string Color { get; set; } = "";
}
