using System.Text.RegularExpressions;
using OrderConsole.Core;

namespace OrderConsole.Tests;

/// <summary>What the code keeps to throughout.</summary>
public sealed partial class Conventions
{
    private static readonly string[] Ours = ["OrderConsole.Core", "OrderConsole", "OrderConsole.Tests", "bench"];

    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = Up(AppContext.BaseDirectory);

    private static string Up(string folder) => File.Exists(Path.Combine(folder, "OrderConsole.sln")) ? folder
        : Up(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run below the solution's folder."));

    private static string[] Files(params string[] endings)
    {
        var files = Ours.Select(folder => Path.Combine(Root, folder)).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            .Where(file => endings.Contains(Path.GetExtension(file)))
            .Where(file => !Path.GetRelativePath(Root, file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "Migrations" or "node_modules" or "lib"))
            .ToArray();
        files.ShouldNotBeEmpty();
        return files;
    }

    private static string Name(string file) => Path.GetRelativePath(Root, file);

    [Fact]
    public void No_file_has_more_than_three_hundred_lines() =>
        Files(".cs", ".razor", ".sql", ".lua", ".css", ".js").Where(f => File.ReadLines(f).Count() > 300).Select(Name).ShouldBeEmpty();

    [Fact]
    public void Screens_are_short_and_their_code_stands_beside_them()
    {
        var screens = Files(".razor");

        screens.Where(f => File.ReadLines(f).Count() > 150).Select(Name).ShouldBeEmpty();
        screens.Where(f => CodeBlock().Matches(File.ReadAllText(f)).Any(block => block.Value.Split('\n').Length > 3)).Select(Name).ShouldBeEmpty();
    }

    [Fact]
    public void Types_are_named_by_what_they_do()
    {
        string[] empty = ["Helper", "Helpers", "Manager", "Util", "Utils", "Utility", "Impl"];
        var types = new[] { typeof(CoreServices), typeof(Program), typeof(Conventions) }.SelectMany(t => t.Assembly.GetTypes())
            .Where(t => t.Namespace?.StartsWith("OrderConsole", StringComparison.Ordinal) == true).ToArray();

        types.Length.ShouldBeGreaterThan(100);
        types.Where(t => empty.Any(e => t.Name.EndsWith(e, StringComparison.Ordinal))).ShouldBeEmpty();
    }

    [Fact]
    public void An_interface_exists_only_where_two_real_implementations_do()
    {
        var types = typeof(CoreServices).Assembly.GetTypes();
        var interfaces = types.Where(t => t.IsInterface).ToArray();

        interfaces.ShouldNotBeEmpty();
        interfaces.Where(i => types.Count(t => t is { IsClass: true, IsAbstract: false } && i.IsAssignableFrom(t) && t.Name != "AlwaysYesLocks") < 2).ShouldBeEmpty();
    }

    [Fact]
    public void Every_script_begins_with_a_comment_and_is_loaded_by_its_name()
    {
        var code = string.Join('\n', Files(".cs", ".lua").Where(f => Name(f).StartsWith("OrderConsole.Core", StringComparison.Ordinal)).Select(File.ReadAllText));
        var embedded = typeof(CoreServices).Assembly.GetManifestResourceNames();

        foreach (var file in Files(".sql", ".lua"))
        {
            embedded.ShouldContain(Path.GetFileName(file));
            File.ReadLines(file).First().ShouldStartWith("--", Case.Sensitive, Name(file));
            string[] mentions = [$"\"{Path.GetFileName(file)}\"", $"\"{Path.GetFileNameWithoutExtension(file)}\"", $"@include {Path.GetFileName(file)}\n"];
            mentions.Any(m => code.Contains(m, StringComparison.Ordinal)).ShouldBeTrue($"{Name(file)} is loaded by nobody");
        }
    }

    [Fact]
    public void The_core_knows_no_web_framework() =>
        typeof(CoreServices).Assembly.GetReferencedAssemblies().Where(a => a.Name!.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)).ShouldBeEmpty();

    // From "@code {" to the brace at the beginning of a line that closes it.
    [GeneratedRegex(@"@code\s*\{.*?^\}", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CodeBlock();
}
