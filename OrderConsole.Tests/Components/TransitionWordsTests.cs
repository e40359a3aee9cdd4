using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using OrderConsole.Components.Overview;
using OrderConsole.Core.Orders;
using OrderConsole.Live;

namespace OrderConsole.Tests.Components;

public sealed class TransitionWordsTests
{
    [Theory]
    [InlineData("en")]
    [InlineData("zh-Hans")]
    public void Every_change_of_an_order_has_words(string language)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        var text = new ServiceCollection().AddLogging().AddLocalization(o => o.ResourcesPath = "Resources").BuildServiceProvider().GetRequiredService<IStringLocalizer<SharedResources>>();
        foreach (var kind in Enum.GetValues<OrderEventKind>())
        {
            var word = JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());
            var said = TransitionWords.Of(new TransitionFigures(1, "A-1", word, DateTimeOffset.UnixEpoch, "node-1", null), text);
            said.ShouldNotBe(word, $"{kind} in {language}");
            said.ShouldNotStartWith("Kind.");
            said.Any(c => c > 0x3000).ShouldBe(language != "en", said);
        }
    }
}
