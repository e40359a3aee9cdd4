using OrderConsole.Access;
using OrderConsole.Api;
using OrderConsole.Components;
using OrderConsole.Core;
using OrderConsole.Demo;
using OrderConsole.Hosting;
using OrderConsole.Jobs;
using OrderConsole.Live;

if (DiagnoseCommand.IsAsked(args)) return await DiagnoseCommand.RunAsync(args);
if (VerifyAuditCommand.IsAsked(args)) return await VerifyAuditCommand.RunAsync(args);

return await StartFailure.ExplainAsync(async () =>
{
    var builder = ConsoleBuilder.Create(args);
    builder.Services.AddOrderConsoleCore(builder.Configuration);
    builder.AddAccess();
    builder.CheckSecrets();
    builder.AddListening();
    builder.AddTelemetry();
    builder.AddHealth();
    builder.AddApi();
    builder.AddLive();
    builder.AddJobs();
    builder.AddScreens();
    builder.AddDemoShop();

    var app = builder.Build();
    app.UseSecurityHeaders();
    app.UseListening();
    app.UseSameOrigin();
    app.UseScreens();
    app.UseApiErrors();
    app.UseAccess();
    app.MapHealth();
    app.MapApi();
    app.MapLive();
    app.MapSignIn();
    app.MapScreens();
    await app.RunAsync();
});
