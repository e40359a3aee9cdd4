namespace OrderConsole.Tests.Support;

/// <summary>The built console. Its own output folder is used: a copy beside other programs lacks the static web assets.</summary>
internal static class ConsoleAssembly
{
    public static string Root { get; } = FindRoot();

    public static string Path { get; } = Find();

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "OrderConsole.sln"))) return folder.FullName;
        throw new DirectoryNotFoundException("OrderConsole.sln is in no folder above this program.");
    }

    private static string Find()
    {
        // .../bin/<configuration>/<framework>/ here as there
        var framework = new DirectoryInfo(AppContext.BaseDirectory);
        var path = System.IO.Path.Combine(Root, "OrderConsole", "bin", framework.Parent!.Name, framework.Name, "OrderConsole.dll");
        return File.Exists(path) ? path : throw new FileNotFoundException("Build the console first.", path);
    }
}
