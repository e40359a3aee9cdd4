namespace OrderConsole.Tests.Support;

/// <summary>The built console. Its own output folder is used: the copy beside the tests lacks the static web assets.</summary>
internal static class ConsoleAssembly
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        // .../OrderConsole.Tests/bin/<configuration>/<framework>/ beside .../OrderConsole/bin/<configuration>/<framework>/
        var framework = new DirectoryInfo(AppContext.BaseDirectory);
        var configuration = framework.Parent!;
        var root = configuration.Parent!.Parent!.Parent!;
        var path = System.IO.Path.Combine(root.FullName, "OrderConsole", "bin", configuration.Name, framework.Name, "OrderConsole.dll");
        return File.Exists(path) ? path : throw new FileNotFoundException("Build the console first.", path);
    }
}
