namespace OrderConsole.Tests.Support;

/// <summary>Tests that need the machine for themselves: many processes at once, or a time that is part of the promise.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
