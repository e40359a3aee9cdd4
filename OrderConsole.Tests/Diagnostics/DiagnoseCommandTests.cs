using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OrderConsole.Core.Data;
using OrderConsole.Core.Telemetry;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Diagnostics;

/// <summary><c>diagnose</c> on the command line, as a process of its own.</summary>
public sealed class DiagnoseCommandTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_exit_code_says_how_bad_it_is_and_the_words_are_in_the_language_asked_for()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        var (critical, markdown) = await DiagnoseAsync("--language", "zh-Hans", "--ConnectionStrings:Orders", database.ConnectionString);
        critical.ShouldBe(2, markdown);
        markdown.ShouldContain("没有控制台在处理到期订单");

        using var over = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var beating = BeatAsync(database.Orders, over.Token);
        var (code, json) = await DiagnoseAsync("--json", "--Diagnosis:LeastFreeDisk", "0", "--ConnectionStrings:Orders", database.ConnectionString);
        await over.CancelAsync();
        await beating;
        using var report = JsonDocument.Parse(json);
        // A busy machine is a slow database: at most a warning.
        report.RootElement.GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("code").GetString()).ShouldAllBe(c => c == "database_slow");
        code.ShouldBeLessThan(2);
        report.RootElement.GetProperty("trigger").GetString().ShouldBe("Command");

        (await DiagnoseAsync("--Diagnosis:LeastFreeDisk", "much")).Code.ShouldBe(3);
        (await DiagnoseAsync("--language", "klingon")).Code.ShouldBe(3);
    }

    /// <summary>A console that is alive and works.</summary>
    private static async Task BeatAsync(OrderDatabase database, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            var now = TimeProvider.System.GetUtcNow();
            await database.WriteAsync(async db =>
            {
                await db.Nodes.ExecuteDeleteAsync(CancellationToken.None);
                db.Add(new NodeRow { Name = "working", StartedAt = now, SeenAt = now, PolledAt = now });
                return await db.SaveChangesAsync(CancellationToken.None);
            }, CancellationToken.None);
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<(int Code, string Said)> DiagnoseAsync(params string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [ConsoleAssembly.Path, "diagnose", "--Diagnosis:CheckTimeout", "00:01:00", .. args])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = System.Text.Encoding.UTF8, Environment = { ["LANG"] = "en_US.UTF-8" },
        })!;
        var (said, fault) = (process.StandardOutput.ReadToEndAsync(Stop), process.StandardError.ReadToEndAsync(Stop));
        await process.WaitForExitAsync(Stop);
        return (process.ExitCode, await said + await fault);
    }
}
