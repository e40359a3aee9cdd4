using System.Reflection;
using System.Xml.Linq;
using OrderConsole.Components.Operations;
using OrderConsole.Core.Operations;
using OrderConsole.Jobs;

namespace OrderConsole.Tests.Components;

/// <summary>Whatever the gate can do or refuse has words in both languages.</summary>
public sealed class OperationTextsTests
{
    private static readonly string[] Alone = [ActionTexts.Pause, ActionTexts.Resume, .. ActionTexts.OfJobs];

    [Theory]
    [InlineData("SharedResources.resx")]
    [InlineData("SharedResources.zh-Hans.resx")]
    public void Every_action_and_every_refusal_has_words(string file)
    {
        var there = XDocument.Load(Path.Combine(Conventions.Root, "OrderConsole", "Resources", file)).Root!.Elements("data").Select(d => d.Attribute("name")!.Value).ToHashSet();
        var actions = new[] { typeof(OperatorAction), typeof(JobRefusals) }.SelectMany(t => t.Assembly.GetTypes()).Where(t => t.IsSubclassOf(typeof(OperatorAction)) && !t.IsAbstract)
            .Select(t => (string)t.GetField("ActionName")!.GetValue(null)!).ToArray();

        actions.ShouldBe(ActionTexts.All, ignoreOrder: true);
        foreach (var action in actions)
        {
            string[] words = ["", ".Short", ".Do.One", ".Will.One", ".Did", ".Did.One", ".Undo", ".Doing"];
            string[] many = Alone.Contains(action) ? [] : [".Do", ".Will"];
            foreach (var word in words.Concat(many)) there.ShouldContain($"Action.{action}{word}");
        }
        foreach (var code in Codes(typeof(RefusalCodes)).Concat(Codes(typeof(OperationRefusedException)).Concat(Codes(typeof(JobRefusals))))) there.ShouldContain($"Refusal.{code}");
    }

    private static IEnumerable<string> Codes(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.IsLiteral).Select(f => (string)f.GetValue(null)!);
}
