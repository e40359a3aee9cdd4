using System.Globalization;
using System.Text;
using System.Text.Json;
using OrderConsole.Core.Orders;

namespace OrderConsole.Core.Audit;

/// <summary>
/// A view of the audit as a file, latest first, read page by page. As CSV (RFC 4180, formulas made text), or as JSON, which has
/// everything that is hashed.
/// </summary>
public sealed class AuditExport(AuditQueries audit)
{
    public const int MostRows = 100_000;
    private const int PageSize = 1_000;

    private static readonly string[] Columns =
        ["seq", "at", "who", "role", "source", "address", "credential", "action", "target", "before", "after", "reason", "outcome", "code", "operation", "keyId", "hash"];

    /// <param name="truncated">What the last line says when there are more rows; <c>{0}</c> is how many were written.</param>
    public async Task WriteCsvAsync(Stream to, AuditFilter filter, string truncated, CancellationToken cancel, int most = MostRows)
    {
        await using var text = new StreamWriter(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await text.WriteAsync(Line(Columns));
        var isCut = await ReadAsync(filter, most, async page =>
        {
            foreach (var row in page) await text.WriteAsync(Line(Cells(row)));
            await text.FlushAsync(cancel);
        }, cancel);
        if (isCut) await text.WriteAsync(Line([string.Format(CultureInfo.InvariantCulture, truncated, most)]));
    }

    /// <summary>An object with <c>items</c>, and <c>isCut</c> when there are more rows than were written.</summary>
    public async Task WriteJsonAsync(Stream to, AuditFilter filter, CancellationToken cancel, int most = MostRows)
    {
        await using var json = new Utf8JsonWriter(to);
        json.WriteStartObject();
        json.WriteStartArray("items");
        var isCut = await ReadAsync(filter, most, async page =>
        {
            foreach (var row in page) Write(json, row);
            await json.FlushAsync(cancel);
        }, cancel);
        json.WriteEndArray();
        json.WriteBoolean("isCut", isCut);
        json.WriteEndObject();
        await json.FlushAsync(cancel);
    }

    /// <returns>Whether there are more.</returns>
    private async Task<bool> ReadAsync(AuditFilter filter, int most, Func<IEnumerable<AuditRow>, Task> write, CancellationToken cancel)
    {
        for (var (written, before) = (0, long.MaxValue); ;)
        {
            // One more than fits tells whether there are more.
            var page = await audit.BeforeAsync(filter, before, Math.Min(PageSize, most - written + 1), cancel);
            await write(page.Take(most - written));
            if (page.Count > most - written) return true;
            if (page.Count < PageSize) return false;
            (written, before) = (written + page.Count, page[^1].Seq);
        }
    }

    private static string Line(IEnumerable<string?> cells) => string.Join(',', cells.Select(OrderExport.Cell)) + "\r\n";

    private static IEnumerable<string?> Cells(AuditRow r) =>
    [
        Number(r.Seq), Moment(r), r.Who, r.Role, r.Source, r.Address, r.Credential, r.Action, r.Target, r.Before, r.After, r.Reason,
        Word(r.Outcome), r.Code, r.OperationId is { } id ? Number(id) : null, r.KeyId, r.Hash,
    ];

    private static void Write(Utf8JsonWriter json, AuditRow row)
    {
        json.WriteStartObject();
        json.WriteNumber("seq", row.Seq);
        foreach (var (name, cell) in Columns.Zip(Cells(row)).Skip(1))
            if (name == "operation" && row.OperationId is { } operation) json.WriteNumber(name, operation);
            else json.WriteString(name, cell);
        json.WriteEndObject();
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
    private static string Word(AuditOutcome outcome) => outcome.ToString().ToLowerInvariant();
    private static string Moment(AuditRow row) => row.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
