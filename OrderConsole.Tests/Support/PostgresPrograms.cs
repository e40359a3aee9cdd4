using System.Diagnostics;
using System.Globalization;

namespace OrderConsole.Tests.Support;

/// <summary>PostgreSQL's own programs. They refuse to run as root, so root runs them as the user postgres.</summary>
internal sealed class PostgresPrograms
{
    private readonly string _folder;

    private PostgresPrograms(string folder) => _folder = folder;

    private static bool IsRoot => Environment.IsPrivilegedProcess;

    /// <summary>The newest version under the usual place, else what the path has, else null.</summary>
    public static PostgresPrograms? Find()
    {
        var usual = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [];
        var folders = usual.OrderByDescending(Version).Select(folder => Path.Combine(folder, "bin"))
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator));
        return folders.FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb"))) is { } found ? new(found) : null;
    }

    public static async Task OwnAsync(DirectoryInfo directory)
    {
        if (IsRoot) await ExecuteAsync("chown", ["postgres", directory.FullName]);
    }

    public Task RunAsync(string program, params string[] arguments)
    {
        var path = Path.Combine(_folder, program);
        return IsRoot ? ExecuteAsync("runuser", ["-u", "postgres", "--", path, .. arguments]) : ExecuteAsync(path, arguments);
    }

    // pg_ctl leaves a server behind that would hold redirected pipes open for ever; so nothing is redirected through one.
    private static async Task ExecuteAsync(string program, string[] arguments)
    {
        var words = Path.GetTempFileName();
        try
        {
            string[] shell = ["-c", "exec \"$@\" >\"$0\" 2>&1 </dev/null", words, program, .. arguments];
            using var process = Process.Start(new ProcessStartInfo("sh", shell) { WorkingDirectory = "/" })!;
            await process.WaitForExitAsync();
            if (process.ExitCode != 0)
                throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {await File.ReadAllTextAsync(words)}");
        }
        finally
        {
            File.Delete(words);
        }
    }

    private static double Version(string folder) =>
        double.TryParse(Path.GetFileName(folder), NumberStyles.Float, CultureInfo.InvariantCulture, out var version) ? version : 0;
}
