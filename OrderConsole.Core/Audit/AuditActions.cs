namespace OrderConsole.Core.Audit;

/// <summary>What the audit calls things that are no action of the gate.</summary>
public static class AuditActions
{
    public const string SetStock = "set_stock";
    public const string RunDiagnosis = "run_diagnosis";
}
