namespace OrderConsole.Core.Access;

/// <summary>A key that the cookies of all consoles of this database are signed with; its text is encrypted.</summary>
public sealed class CookieKey
{
    public int Id { get; init; }
    public string Name { get; init; } = "";
    public string Xml { get; init; } = "";
}
