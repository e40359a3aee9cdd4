using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace OrderConsole.Hosting;

/// <summary>Says in the log where the console can be opened, and from where.</summary>
internal sealed partial class ListeningNotice(IServer server, IHostApplicationLifetime lifetime, ILogger<ListeningNotice> log) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(() =>
        {
            foreach (var address in server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [])
                Listens(address, Listening.IsLoopback(address) ? "this machine alone" : "other machines too");
        });
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(1001, LogLevel.Information, "The console is at {Address}, for {Whom}")]
    private partial void Listens(string address, string whom);
}
