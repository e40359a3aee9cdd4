using Microsoft.Extensions.Localization;
using OrderConsole.Core.Orders;

namespace OrderConsole.Components.Shared;

/// <summary>The words of an exported file, in the language of whoever asked for it.</summary>
internal static class ExportWords
{
    private static readonly string[] Columns = ["number", "status", "customer", "currency", "total", "created", "deadline", "paid", "cancelled", "reason"];

    public static OrderExportWords Of(IStringLocalizer text) => new([.. Columns.Select(column => (string)text[$"Export.{column}"])], text["Export.Truncated"].Value);
}
