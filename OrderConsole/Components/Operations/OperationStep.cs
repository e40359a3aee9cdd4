namespace OrderConsole.Components.Operations;

/// <summary>Where a request stands, in this order.</summary>
public enum OperationStep
{
    /// <summary>Something that the action must know is missing.</summary>
    Asking,
    /// <summary>The list is being read and frozen.</summary>
    Preparing,
    /// <summary>The frozen list is shown; nothing is done yet.</summary>
    Preview,
    Running,
    Finished,
}
