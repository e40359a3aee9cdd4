using OrderConsole.Tests.Support;
using Xunit.Sdk;
using Xunit.v3;

// Most tests wait for other processes most of the time.
[assembly: CollectionBehavior(MaxParallelThreads = 3)]
[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace OrderConsole.Tests.Support;

/// <summary>Browser tests that share one console.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserCollection : ICollectionFixture<Browser>, ICollectionFixture<LiveConsole>
{
    public const string Name = "browser";
}

/// <summary>Browser tests that start consoles of their own.</summary>
[CollectionDefinition(Name)]
public sealed class OwnConsoleCollection : ICollectionFixture<Browser>
{
    public const string Name = "browser, own console";
}

/// <summary>Tests that need the machine for themselves: many processes at once, or a time that is part of the promise.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}

/// <summary>Begins with the collections that take longest, so that none of them is left alone at the end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Long = [BrowserCollection.Name, OwnConsoleCollection.Name, "Killed"];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(c => Array.FindIndex(Long, name => c.TestCollectionDisplayName.Contains(name, StringComparison.Ordinal)) is >= 0 and var place ? place : Long.Length)];
}
