using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OrderConsole.Core.Data;

namespace OrderConsole.Core.Audit;

internal static class AuditServices
{
    public static void AddAudit(this IServiceCollection services, IConfiguration configuration, Stores stores)
    {
        services.AddSettings<AuditOptions>(configuration, "Audit");
        services.AddSingleton<IValidateOptions<AuditOptions>>(new AuditKeyRule(stores));
        services.AddSingleton<AuditKeys>();
        services.AddSingleton<AuditLog>();
        services.AddSingleton<AuditQueries>();
        services.AddSingleton<AuditVerifier>();
        services.AddSingleton<AuditExport>();
        services.AddSingleton<AuditAnchors>();
        services.AddHostedService(p => p.GetRequiredService<AuditAnchors>());
    }
}
