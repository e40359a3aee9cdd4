using Microsoft.Extensions.Options;
using OrderConsole.Api;
using OrderConsole.Core;
using OrderConsole.Core.Audit;
using OrderConsole.Core.Data;
using OrderConsole.Core.Orders;

namespace OrderConsole.Hosting;

/// <summary>
/// <c>verify-audit [--anchor row:hash] [settings]</c>: computes the audit's chain anew, says what it found and ends. The exit
/// code: 0 whole, 2 broken, 3 it could not look.
/// </summary>
internal static class VerifyAuditCommand
{
    private const string Name = "verify-audit", Anchor = "--anchor";
    private const int Broken = 2, CouldNotLook = 3;

    public static bool IsAsked(string[] args) => args is [Name, ..];

    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            var at = Array.IndexOf(args, Anchor);
            var anchor = at < 0 ? null : AuditApi.AnchorOf(args.ElementAtOrDefault(at + 1) ?? "");
            var builder = ConsoleBuilder.Create([.. args.Where((_, i) => i != 0 && (at < 0 || (i != at && i != at + 1)))]);
            builder.Logging.ClearProviders();
            builder.Services.AddOrderConsoleCore(builder.Configuration);
            await using var app = builder.Build();
            app.Services.GetRequiredService<IStartupValidator>().Validate();
            var verdict = await app.Services.GetRequiredService<AuditVerifier>().VerifyAsync(CancellationToken.None, outside: anchor);
            await Console.Out.WriteLineAsync(verdict.Fault is { } fault
                ? $"The audit is broken at row {verdict.Broken} ({fault}). {verdict.Rows} rows before it hold together."
                : $"The audit is whole: {verdict.Rows} rows, {verdict.Anchors} anchors, head {verdict.Head}, {verdict.Took.TotalSeconds:0.0} s.");
            return verdict.IsWhole ? 0 : Broken;
        }
        catch (Exception e) when (e is OptionsValidationException or AggregateException or ArgumentException or InvalidInputException or StoreUnavailableException)
        {
            foreach (var sentence in e is OptionsValidationException wrong ? wrong.Failures : [e.Message]) await Console.Error.WriteLineAsync("The audit can not be verified: " + sentence);
            return CouldNotLook;
        }
    }
}
