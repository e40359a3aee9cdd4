using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using OrderConsole.Core.Data;

namespace OrderConsole.Core.Audit;

/// <summary>The key that new rows are signed with, and those of earlier ones. Read when first needed.</summary>
public sealed class AuditKeys
{
    private readonly Lazy<(AuditKey Current, Dictionary<string, AuditKey> All)> _keys;

    public AuditKeys(Stores stores, IOptions<AuditOptions> options) : this(() => Read(stores, options.Value), options.Value.OldKeys) { }

    public AuditKeys(string secret) : this(() => secret, []) { }

    private AuditKeys(Func<string> secret, IReadOnlyList<string> old) => _keys = new(() =>
    {
        var current = new AuditKey(secret());
        return (current, old.Select(s => new AuditKey(s)).Append(current).DistinctBy(k => k.Id).ToDictionary(k => k.Id, StringComparer.Ordinal));
    });

    public AuditKey Current => _keys.Value.Current;

    /// <returns>Null when this console was not given the key.</returns>
    public AuditKey? Find(string id) => _keys.Value.All.GetValueOrDefault(id);

    /// <summary>Beside the database, so that both are kept and moved together; who may have one and not the other gives a key by the settings.</summary>
    public static string FileBeside(string connectionString) => new SqliteConnectionStringBuilder(connectionString).DataSource + ".audit-key";

    private static string Read(Stores stores, AuditOptions options) => options.Key is { Length: > 0 } key ? key
        : options.KeyFile is { Length: > 0 } file ? File.ReadAllText(file).Trim()
        : ReadOrMake(FileBeside(stores.OrdersConnection));

    private static string ReadOrMake(string file)
    {
        if (File.Exists(file)) return File.ReadAllText(file).Trim();
        if (Path.GetDirectoryName(file) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
        // Whole before it has its name: whoever starts at the same moment reads one key or makes the other's its own.
        var draft = $"{file}.{Guid.NewGuid():N}";
        using (var text = new StreamWriter(new FileStream(draft, OwnersFile())))
            text.Write(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        try
        {
            File.Move(draft, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(draft);
        }
        return File.ReadAllText(file).Trim();
    }

    private static FileStreamOptions OwnersFile()
    {
        var file = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) file.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return file;
    }
}

/// <summary>Refuses a start without a key that can be used.</summary>
internal sealed class AuditKeyRule(Stores stores) : IValidateOptions<AuditOptions>
{
    public ValidateOptionsResult Validate(string? name, AuditOptions options) =>
        options.Key is { Length: > 0 and < AuditKey.MinLength } ? Wrong($"Audit:Key is at least {AuditKey.MinLength} characters.")
        : options is { Key.Length: > 0, KeyFile.Length: > 0 } ? Wrong("Audit:Key and Audit:KeyFile can not both be given.")
        : options.OldKeys.Any(k => k.Length < AuditKey.MinLength) ? Wrong($"Each of Audit:OldKeys is at least {AuditKey.MinLength} characters.")
        : options.KeyFile is { Length: > 0 } file && !File.Exists(file) ? Wrong($"Audit:KeyFile names {file}, and there is no such file.")
        : stores.Provider == DatabaseProvider.Postgres && options is { Key: null or "", KeyFile: null or "" }
            ? Wrong("With PostgreSQL the audit must be given its key, the same on all consoles: set Audit:KeyFile or Audit:Key (make one with: openssl rand -base64 32).")
        : ValidateOptionsResult.Success;

    private static ValidateOptionsResult Wrong(string words) => ValidateOptionsResult.Fail(words);
}
