namespace OrderConsole.Components.Locks;

/// <summary>The parts of a node's name, <c>shop-1:4711:k3f9</c>, for people to read; a name of another form is all machine.</summary>
public readonly record struct NodeName(string Machine, string? Process, string? Instance)
{
    public static NodeName Parse(string name)
    {
        // From the end: a machine's name may hold colons, what follows it does not.
        var parts = name.Split(':');
        return parts.Length >= 3 && parts[^2].Length > 0 && parts[^2].All(char.IsAsciiDigit) && parts[^1].Length > 0
            ? new(string.Join(':', parts[..^2]), parts[^2], parts[^1])
            : new(name, null, null);
    }
}
