using System.Collections.Concurrent;
using System.Reflection;
using System.Text;

namespace OrderConsole.Core.Redis;

/// <summary>
/// A Lua script from an embedded file. A line <c>-- @include name.lua</c> is replaced by that file, so that the clock, the
/// deadline and the key names are written once.
/// </summary>
public sealed class RedisScript
{
    private const string Include = "-- @include ";
    private static readonly ConcurrentDictionary<string, RedisScript> Loaded = new();

    private RedisScript(string name, string text) => (Name, Text) = (name, text);

    public string Name { get; }
    public string Text { get; }

    /// <param name="name">The file's name without <c>.lua</c>.</param>
    public static RedisScript Load(string name) =>
        Loaded.GetOrAdd(name, static n => new RedisScript(n, Assemble(n + ".lua")));

    private static string Assemble(string file)
    {
        var text = new StringBuilder();
        foreach (var line in Read(file).Split('\n'))
            text.Append(line.StartsWith(Include, StringComparison.Ordinal) ? Assemble(line[Include.Length..].Trim()) : line).Append('\n');
        return text.ToString();
    }

    private static string Read(string file)
    {
        var assembly = Assembly.GetExecutingAssembly();
        using var stream = assembly.GetManifestResourceStream(file)
            ?? throw new InvalidOperationException($"The script {file} is not embedded in {assembly.GetName().Name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
