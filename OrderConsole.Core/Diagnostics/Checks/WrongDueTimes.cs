using OrderConsole.Core.Diagnostics.Drift;

namespace OrderConsole.Core.Diagnostics.Checks;

/// <summary>Entries that wait for another moment than their order's deadline.</summary>
internal sealed class WrongDueTimes() : DriftCheck(DriftClass.WrongDueTime, "wrong_due_times", Severity.Warning)
{
    public override string Name => "due_times";
}
