using System.Globalization;
using System.Text;

namespace OrderConsole.Core.Orders;

/// <summary>The words of an export's first and last lines, in the language of whoever asked.</summary>
/// <param name="Columns">Ten names: number, status, customer, currency, total, created, deadline, paid, cancelled, reason.</param>
/// <param name="Truncated">What the last line says when there are more rows than an export takes; <c>{0}</c> is how many those are.</param>
public sealed record OrderExportWords(IReadOnlyList<string> Columns, string Truncated);

/// <summary>
/// A view of orders as CSV (RFC 4180, UTF-8 with a byte order mark), read page by page so that no long read holds up the
/// database. What a spreadsheet would take for a formula is made text by an apostrophe before it.
/// </summary>
public sealed class OrderExport(OrderQueries orders)
{
    public const int MostRows = 100_000;

    private const int PageSize = 1_000;
    private const string EndOfLine = "\r\n";

    /// <param name="to">Flushed after every page.</param>
    /// <param name="most">At most so many rows, 1 to <see cref="MostRows"/>.</param>
    /// <returns>How many orders were written.</returns>
    public async Task<int> WriteAsync(Stream to, OrderFilter filter, OrderSort sort, OrderExportWords words, CancellationToken cancel, int most = MostRows)
    {
        await using var text = new StreamWriter(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await text.WriteAsync(Line(words.Columns));
        var (written, last) = (0, (Order?)null);
        while (true)
        {
            // One more than fits tells whether there are more.
            var page = await orders.NextAsync(filter, sort, last, Math.Min(PageSize, most - written + 1), cancel);
            foreach (var order in page.Take(most - written)) await text.WriteAsync(Line(Cells(order)));
            await text.FlushAsync(cancel);
            var isCut = page.Count > most - written;
            written += Math.Min(page.Count, most - written);
            if (isCut) await text.WriteAsync(Line([string.Format(CultureInfo.InvariantCulture, words.Truncated, most)]));
            if (isCut || page.Count < PageSize) return written;
            last = page[^1];
        }
    }

    /// <summary>A value as a cell: quoted when it must be, and never a formula.</summary>
    public static string Cell(string? value)
    {
        if (string.IsNullOrEmpty(value)) return "";
        var text = value[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + value : value;
        return text.AsSpan().IndexOfAny(",\"\r\n\t") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static string Line(IEnumerable<string?> cells) => string.Join(',', cells.Select(Cell)) + EndOfLine;

    private static IEnumerable<string?> Cells(Order order) =>
    [
        order.No, order.Status.ToString(), order.Customer, order.Currency, order.Total.ToString("0.00##", CultureInfo.InvariantCulture),
        Moment(order.CreatedAt), Moment(order.ExpiresAt), Moment(order.PaidAt), Moment(order.CancelledAt), order.CancelReason,
    ];

    private static string? Moment(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
