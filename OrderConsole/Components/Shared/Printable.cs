using System.Globalization;
using System.Text;

namespace OrderConsole.Components.Shared;

/// <summary>Text that another program wrote, so that it can be read and does nothing to the page around it.</summary>
internal static class Printable
{
    /// <summary>What can not be seen, or turns the direction of what follows, becomes <c>\u{200F}</c>; what is longer than <paramref name="most"/> is cut.</summary>
    public static string Of(string text, int most = 200)
    {
        var shown = new StringBuilder(Math.Min(text.Length, most));
        foreach (var rune in text.EnumerateRunes())
        {
            if (shown.Length >= most) return shown.Append('…').ToString();
            if (IsSeen(rune)) shown.Append(rune);
            else shown.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X}}}");
        }
        return shown.Length == 0 ? "(empty)" : shown.ToString();
    }

    /// <summary>The first line of it, and a sign when there is more.</summary>
    public static string FirstLine(string text, int most = 200)
    {
        var end = text.AsSpan().IndexOfAny('\r', '\n');
        return end < 0 ? Of(text, most) : Of(text[..end], most).TrimEnd('…') + "…";
    }

    private static bool IsSeen(Rune rune) => rune.Value == ' ' || rune.Value != Rune.ReplacementChar.Value && Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);
}
