namespace OrderConsole.Core.Telemetry;

/// <summary>Text from outside, made safe for a line of log: no line breaks, no terminal escapes.</summary>
public static class LogText
{
    public static string OneLine(string text)
    {
        if (text.Length > 300) text = text[..299] + "…";
        return text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? '\ufffd' : c)) : text;
    }
}
