using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using OrderConsole.Api;
using OrderConsole.Components;
using OrderConsole.Components.Diagnostics;
using OrderConsole.Core;
using OrderConsole.Core.Diagnostics;

namespace OrderConsole.Hosting;

/// <summary>
/// <c>diagnose [--json] [--language en|zh-Hans] [settings]</c>: looks at everything once, says what it found and ends. The
/// exit code is what monitoring programs expect: 0 good or only notices, 1 warnings, 2 critical, 3 it could not run.
/// </summary>
internal static class DiagnoseCommand
{
    private const string Name = "diagnose", Json = "--json", Language = "--language";
    private const int CouldNotRun = 3;

    public static bool IsAsked(string[] args) => args is [Name, ..];

    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            Speak(args);
            await using var app = Build([.. args.Skip(1).Where((a, i) => a != Json && a != Language && args[i] != Language)]);
            // Not started, so nobody else has looked at the settings yet.
            app.Services.GetRequiredService<IStartupValidator>().Validate();
            var report = await app.Services.GetRequiredService<DiagnosisRunner>().RunAsync(DiagnosisTrigger.Command, CancellationToken.None);
            var text = app.Services.GetRequiredService<IStringLocalizer<SharedResources>>();
            Console.OutputEncoding = System.Text.Encoding.UTF8;
            await Console.Out.WriteLineAsync(args.Contains(Json) ? JsonSerializer.Serialize(DiagnosisBody.Of(report, text), Indented) : DiagnosisMarkdown.Of(report, text));
            return report.Severity switch { Severity.Critical => 2, Severity.Warning => 1, _ => 0 };
        }
        catch (Exception e) when (e is OptionsValidationException or AggregateException or ArgumentException or FormatException)
        {
            foreach (var sentence in e is OptionsValidationException wrong ? wrong.Failures : [e.Message]) await Console.Error.WriteLineAsync("The diagnosis does not run: " + sentence);
            return CouldNotRun;
        }
    }

    private static readonly JsonSerializerOptions Indented = new(ApiJson.Options) { WriteIndented = true };

    /// <summary>The stores and nothing that runs: what is looked at is what the other consoles do.</summary>
    private static WebApplication Build(string[] settings)
    {
        var builder = ConsoleBuilder.Create(settings);
        builder.Logging.ClearProviders();
        builder.Services.AddOrderConsoleCore(builder.Configuration);
        builder.Services.AddLocalization(o => o.ResourcesPath = "Resources");
        return builder.Build();
    }

    private static void Speak(string[] args)
    {
        var at = Array.IndexOf(args, Language);
        var asked = at >= 0 && at + 1 < args.Length ? args[at + 1] : CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh" ? Screens.Languages[1] : Screens.Languages[0];
        var language = Screens.Languages.FirstOrDefault(l => l.Equals(asked, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException($"{Language} is one of {string.Join(", ", Screens.Languages)}.");
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.GetCultureInfo(language);
    }
}
