using System.Text.RegularExpressions;
using System.Xml.Linq;
using OrderConsole.Live;
using OrderConsole.Tests.Support;

namespace OrderConsole.Tests.Components;

/// <summary>Every text stands in both languages, and no text stands there for nobody.</summary>
public sealed partial class ResourceTests
{
    private static readonly string Project = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ConsoleAssembly.Path)!, "../../.."));

    [Fact]
    public void Both_languages_have_the_same_texts_with_the_same_gaps()
    {
        var (english, chinese) = (Texts("SharedResources.resx"), Texts("SharedResources.zh-Hans.resx"));
        chinese.Keys.ShouldBe(english.Keys);
        foreach (var (key, text) in english)
            Gap().Matches(chinese[key]).Select(m => m.Value).Distinct().Order().ShouldBe(Gap().Matches(text).Select(m => m.Value).Distinct().Order(), key);
        english.Concat(chinese).Where(text => string.IsNullOrWhiteSpace(text.Value)).Select(text => text.Key).ShouldBeEmpty();
    }

    [Fact]
    public void Every_text_that_is_asked_for_is_there_and_every_text_is_asked_for()
    {
        var there = Texts("SharedResources.resx").Keys.ToHashSet();
        var asked = Sources().SelectMany(source => Key().Matches(source)).Select(m => m.Groups[1].Value).ToHashSet();
        var plain = asked.Where(key => !key.Contains('{')).ToList();
        var patterns = asked.Where(key => key.Contains('{')).Select(key => new Regex("^" + Regex.Replace(Regex.Escape(key), @"\\\{[^}]*}", "[^.]+") + "$")).ToList();

        plain.Where(key => !there.Contains(key)).ShouldBeEmpty("asked for and missing");
        patterns.Where(pattern => !there.Any(key => pattern.IsMatch(key))).ShouldBeEmpty("asked for by pattern and missing");
        there.Where(key => !plain.Contains(key) && !patterns.Any(pattern => pattern.IsMatch(key))).ShouldBeEmpty("there for nobody");
    }

    [Fact]
    public void Every_problem_has_words_and_advice()
    {
        var there = Texts("SharedResources.resx").Keys;
        foreach (var code in LiveProblemCodes.All)
        {
            there.ShouldContain($"Problem.{code}");
            there.ShouldContain($"Problem.{code}.Do");
        }
    }

    private static SortedDictionary<string, string> Texts(string file) => new(XDocument.Load(Path.Combine(Project, "Resources", file)).Root!.Elements("data")
        .ToDictionary(d => d.Attribute("name")!.Value, d => d.Element("value")!.Value), StringComparer.Ordinal);

    private static IEnumerable<string> Sources() => Directory.EnumerateFiles(Path.Combine(Project, "Components"), "*", SearchOption.AllDirectories).Select(File.ReadAllText);

    [GeneratedRegex("(?:[Tt]ext\\[|Name\\()\\$?\"([^\"]+)\"")]
    private static partial Regex Key();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Gap();
}
