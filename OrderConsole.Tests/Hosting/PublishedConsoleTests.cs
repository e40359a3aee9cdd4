using System.Diagnostics;
using System.Text.Json;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Hosting;

/// <summary>The console as it is installed: published, and started from a folder that is not its own.</summary>
public sealed class PublishedConsoleTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("published-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_published_console_reads_the_settings_file_and_serves_its_pages_whole()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        await RunAsync("publish", Path.Combine(ConsoleAssembly.Root, "OrderConsole"), "--no-build", "-c", configuration, "-o", _folder.FullName, "--nologo");
        File.ReadAllText(Path.Combine(_folder.FullName, "appsettings.json")).ShouldBe(await File.ReadAllTextAsync(Path.Combine(ConsoleAssembly.Root, "appsettings.json"), Cancel));
        // Only the file says so.
        await ChangeAsync(settings => settings.Replace("\"Name\": \"\"", "\"Name\": \"From the file\"", StringComparison.Ordinal));

        await using var console = await ConsoleProcess.StartAsync([new("Logging:LogLevel:OrderConsole.Hosting", "Information")], program: Path.Combine(_folder.FullName, "OrderConsole.dll"));

        console.Output.ShouldContain($"The console is at http://127.0.0.1:{console.Port}");
        (await console.Http.GetStringAsync("/", Cancel)).ShouldContain("From the file");
        (await console.Http.GetByteArrayAsync("/_framework/blazor.web.js", Cancel)).Length.ShouldBeGreaterThan(100_000);
        (await console.Http.GetAsync("/css/shell.css", Cancel)).IsSuccessStatusCode.ShouldBeTrue();
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task ChangeAsync(Func<string, string> change)
    {
        var file = Path.Combine(_folder.FullName, "appsettings.json");
        var (before, after) = (await File.ReadAllTextAsync(file, Cancel), change(await File.ReadAllTextAsync(file, Cancel)));
        after.ShouldNotBe(before);
        JsonDocument.Parse(after, new() { CommentHandling = JsonCommentHandling.Skip }).Dispose();
        await File.WriteAllTextAsync(file, after, Cancel);
    }

    private static async Task RunAsync(params string[] arguments)
    {
        using var dotnet = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        var said = await dotnet.StandardOutput.ReadToEndAsync(Cancel);
        await dotnet.WaitForExitAsync(Cancel);
        dotnet.ExitCode.ShouldBe(0, said);
    }
}
