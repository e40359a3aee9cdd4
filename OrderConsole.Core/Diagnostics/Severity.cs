namespace OrderConsole.Core.Diagnostics;

/// <summary>How bad it is. The numbers are stored.</summary>
public enum Severity
{
    Good = 0,
    /// <summary>Worth knowing; nothing has to be done now.</summary>
    Notice = 1,
    /// <summary>Somebody should look at it today.</summary>
    Warning = 2,
    /// <summary>Orders, stock or money are concerned, or nothing is cancelled: now.</summary>
    Critical = 3,
}
