namespace OrderConsole.Tests.Support;

/// <summary>The Chromium of this machine.</summary>
public static class Chromium
{
    /// <summary>Where it is: as the variable CHROMIUM says, or where its packages put it.</summary>
    public static string Path =>
        // Chromium without the parts that nobody sees takes a third less of the processor for the same pages.
        new[] { Environment.GetEnvironmentVariable("CHROMIUM"), "/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists)
        ?? throw new FileNotFoundException("Install Chromium, or say where it is in the variable CHROMIUM.");
}
