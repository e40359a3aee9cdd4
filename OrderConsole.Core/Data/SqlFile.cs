using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace OrderConsole.Core.Data;

/// <summary>
/// SQL from an embedded file, one text for both databases but for four tokens: <c>{rows}</c> is the parameter
/// <c>@rows</c> as a table with one column <c>value</c>, a JSON array a row; <c>{texts}</c> the same with a text a row;
/// <c>{now}</c> the store's clock in Unix milliseconds; <c>{skip_locked}</c> passes over rows that another process works
/// on, where there can be one.
/// </summary>
internal static class SqlFile
{
    // Nobody but the database reads it: a quotation mark within a text is two characters, not six.
    private static readonly JsonWriterOptions ForDatabases = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly ConcurrentDictionary<(string, DatabaseProvider), string> Texts = new();

    public static string Text(string name, DatabaseProvider provider) => Texts.GetOrAdd((name, provider), static key =>
    {
        using var stream = typeof(SqlFile).Assembly.GetManifestResourceStream(key.Item1)
            ?? throw new InvalidOperationException($"The SQL file {key.Item1} is not embedded.");
        using var reader = new StreamReader(stream);
        var (rows, texts, now, skipLocked) = key.Item2 == DatabaseProvider.Sqlite
            ? ("json_each(@rows)", "json_each(@rows)", "@now", "")
            : ("json_array_elements(CAST(@rows AS json))", "json_array_elements_text(CAST(@rows AS json))",
                "(extract(epoch FROM statement_timestamp()) * 1000)::bigint", "FOR UPDATE SKIP LOCKED");
        return reader.ReadToEnd().Replace("{rows}", rows).Replace("{texts}", texts).Replace("{now}", now).Replace("{skip_locked}", skipLocked);
    });

    /// <summary>A command on the context's connection and transaction.</summary>
    public static DbCommand Command(this OrdersDb db, string text, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = text;
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }
        return command;
    }

    /// <summary>Rows as the one JSON parameter that <c>{rows}</c> reads: an array of arrays.</summary>
    public static string Json<T>(IEnumerable<T> items, Action<Utf8JsonWriter, T> writeRow)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(16 * 1024);
        using (var json = new Utf8JsonWriter(buffer, ForDatabases))
        {
            json.WriteStartArray();
            foreach (var item in items)
            {
                json.WriteStartArray();
                writeRow(json, item);
                json.WriteEndArray();
            }
            json.WriteEndArray();
        }
        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Texts as the one JSON parameter that <c>{texts}</c> reads.</summary>
    public static string Json(IEnumerable<string> texts) => JsonSerializer.Serialize(texts);

    /// <summary>Numbers as one JSON parameter.</summary>
    public static string Json(IEnumerable<long> numbers) => JsonSerializer.Serialize(numbers);

    public static string? NullableString(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    /// <summary>Other programs may have written moments that no calendar has; they read as the nearest one it has.</summary>
    public static DateTimeOffset Moment(this DbDataReader reader, int column) => UnixMilliseconds.ToMoment(reader.GetInt64(column));

    public static DateTimeOffset? NullableMoment(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.Moment(column);
}
