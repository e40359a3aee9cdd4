using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace OrderConsole.Tests.Components;

/// <summary>Whatever a check can say has its words: the pages ask for them by pattern, so that nothing else would notice.</summary>
public sealed partial class DiagnosisWordsTests
{
    [Fact]
    public void Every_check_finding_and_fact_has_its_words()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Conventions.Root, "OrderConsole.Core", "Diagnostics"), "*.cs").Concat(
            Directory.EnumerateFiles(Path.Combine(Conventions.Root, "OrderConsole.Core", "Diagnostics", "Checks"), "*.cs")).Select(File.ReadAllText).ToArray();
        var there = XDocument.Load(Path.Combine(Conventions.Root, "OrderConsole", "Resources", "SharedResources.resx")).Root!.Elements("data").Select(d => d.Attribute("name")!.Value).ToHashSet();
        string[] Named(Regex words) => [.. sources.SelectMany(s => words.Matches(s)).Select(m => m.Groups[1].Value).Distinct()];
        var (codes, facts, checks) = (Named(Code()), Named(FactName()), Named(CheckName()));

        codes.Length.ShouldBeGreaterThan(30);
        facts.Length.ShouldBeGreaterThan(40);
        checks.Length.ShouldBeGreaterThan(25);
        codes.SelectMany(c => new[] { $"Finding.{c}", $"Finding.{c}.Do" }).Concat(facts.Select(f => $"Fact.{f}")).Concat(checks.Select(c => $"Check.{c}"))
            .Where(key => !there.Contains(key)).ShouldBeEmpty();
        var tests = string.Concat(Directory.EnumerateFiles(Path.Combine(Conventions.Root, "OrderConsole.Tests", "Diagnostics"), "*.cs").Select(File.ReadAllText));
        codes.Where(code => !tests.Contains($"\"{code}\"", StringComparison.Ordinal)).ShouldBeEmpty("provoked by no test");
    }

    [GeneratedRegex("(?:Found\\(|FindingsOf\\(|DriftClass\\.\\w+, |CouldNotLook = |TookTooLong = )\"(\\w+)\"")]
    private static partial Regex Code();

    [GeneratedRegex("(?:Fact\\.\\w+\\(|ReadAsync\\(|new Clock\\(|RunId = )\"([a-z_]+)\"")]
    private static partial Regex FactName();

    [GeneratedRegex("string Name => \"(\\w+)\"")]
    private static partial Regex CheckName();
}
