using OrderConsole.Core.Access;
using OrderConsole.Core.Audit;
using OrderConsole.Core.Data;
using OrderConsole.Core.Operations;

namespace OrderConsole.Core.Diagnostics;

/// <summary>A diagnosis that somebody asks for: who may, and that they did.</summary>
public sealed class AskedDiagnosis(DiagnosisRunner runner, OperationGuard guard, AuditLog audit)
{
    /// <inheritdoc cref="DiagnosisRunner.RunAsync"/>
    /// <exception cref="OperationRefusedException">Read-only, or not allowed.</exception>
    public async Task<DiagnosisReport> RunAsync(DiagnosisTrigger trigger, Operator by, CancellationToken cancel)
    {
        var what = new AuditEntry(AuditActions.RunDiagnosis, AuditOutcome.Done);
        try
        {
            await audit.WriteAsync(await guard.DemandAsync(by, Permissions.Diagnose, what, cancel), what, cancel);
        }
        catch (StoreUnavailableException)
        {
            // A diagnosis only looks, and it is wanted most when the database that could say who may is away.
        }
        return await runner.RunAsync(trigger, cancel);
    }
}
