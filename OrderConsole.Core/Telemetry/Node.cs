namespace OrderConsole.Core.Telemetry;

/// <summary>This process, as it signs claims, locks, order events and its heartbeat.</summary>
public sealed class Node
{
    private Node(string name) => Name = name;

    /// <summary>Machine, process id and a few random letters, so that a restarted process is another node: <c>shop-1:4711:k3f9</c>.</summary>
    public string Name { get; }

    public static Node ThisProcess { get; } =
        new($"{Environment.MachineName}:{Environment.ProcessId}:{Guid.NewGuid().ToString("N")[..4]}");
}
