using System.Diagnostics;
using OrderConsole.Tests.Support;
using Spectre.Console;

namespace OrderConsole.Benchmarks;

/// <summary>From "dotnet run" to the first page, when everything is built.</summary>
internal static class Startup
{
    private const string Address = "http://127.0.0.1:5098";

    public static async Task<int> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("bench-");
        using (var build = Process.Start("dotnet", ["build", Path.Combine(ConsoleAssembly.Root, "OrderConsole"), "-v", "q", "--nologo"])) await build.WaitForExitAsync();
        var start = new ProcessStartInfo("dotnet", ["run", "--project", Path.Combine(ConsoleAssembly.Root, "OrderConsole")]) { RedirectStandardOutput = true };
        start.Environment["ASPNETCORE_URLS"] = Address;
        start.Environment["ConnectionStrings__Orders"] = $"Data Source={Path.Combine(folder.FullName, "orders.db")}";
        var watch = Stopwatch.StartNew();
        using var console = Process.Start(start)!;
        using var http = new HttpClient();
        var page = "";
        await Eventually.HoldsAsync(async () => (page = await http.GetStringAsync(new Uri(Address))).Length > 0, "the first page", TimeSpan.FromSeconds(60));
        AnsiConsole.WriteLine($"first page ({page.Length:N0} characters) {watch.Elapsed.TotalSeconds:N1} s after 'dotnet run'");
        console.Kill(entireProcessTree: true);
        await console.WaitForExitAsync();
        folder.Delete(recursive: true);
        return 0;
    }
}
