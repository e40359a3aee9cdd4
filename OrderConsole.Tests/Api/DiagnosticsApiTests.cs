using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Api;

/// <summary>Diagnoses for programs: run, read, list, download in both languages.</summary>
public sealed class DiagnosticsApiTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_diagnosis_is_run_read_listed_and_downloaded()
    {
        await using var host = await ConsoleHost.StartAsync([new("Timeouts:Enabled", "false"), new("Diagnosis:CheckTimeout", "00:01:00")]);
        using var none = await host.Http.GetAsync("/api/diagnostics/latest", Stop);
        none.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await none.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("code").GetString().ShouldBe("no_diagnosis");

        using var run = await host.Http.PostAsync("/api/diagnostics", null, Stop);
        run.StatusCode.ShouldBe(HttpStatusCode.OK);
        var report = await run.Content.ReadFromJsonAsync<JsonElement>(Stop);
        var id = report.GetProperty("id").GetInt64();
        var first = report.GetProperty("findings")[0];
        (first.GetProperty("code").GetString(), first.GetProperty("severity").GetString(), first.GetProperty("change").GetString()).ShouldBe(("nobody_polls", "Critical", "New"));
        first.GetProperty("sentence").GetString().ShouldBe("Nobody works on due orders; 1 console is alive.");
        report.GetProperty("checks").EnumerateArray().ShouldAllBe(c => c.GetProperty("milliseconds").GetDouble() >= 0);

        (await GetAsync("/api/diagnostics/latest")).GetProperty("id").GetInt64().ShouldBe(id);
        (await GetAsync($"/api/diagnostics/{id}?language=zh-Hans")).GetProperty("findings")[0].GetProperty("sentence").GetString().ShouldStartWith("没有控制台");
        (await GetAsync("/api/diagnostics?page=1&pageSize=10")).GetProperty("items")[0].GetProperty("critical").GetInt32().ShouldBeGreaterThan(0);
        using var file = await host.Http.GetAsync($"/api/diagnostics/{id}/file?format=Markdown&language=zh-Hans", Stop);
        file.Content.Headers.ContentType!.MediaType.ShouldBe("text/markdown");
        file.Content.Headers.ContentDisposition!.FileName.ShouldNotBeNull().ShouldEndWith(".md");
        (await file.Content.ReadAsStringAsync(Stop)).ShouldContain("## 严重: ");
        (await GetAsync($"/api/diagnostics/{id}/file")).GetProperty("verdict").GetString().ShouldStartWith("Act now");

        foreach (var (path, code) in new[] { ("/api/diagnostics/4711", HttpStatusCode.NotFound), ("/api/diagnostics/latest?language=klingon", HttpStatusCode.UnprocessableEntity), ($"/api/diagnostics/{id}/file?format=pdf", HttpStatusCode.UnprocessableEntity) })
        {
            using var refused = await host.Http.GetAsync(path, Stop);
            refused.StatusCode.ShouldBe(code, path);
        }

        async Task<JsonElement> GetAsync(string path) => await host.Http.GetFromJsonAsync<JsonElement>(path, Stop);
    }
}
