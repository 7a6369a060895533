namespace CxOrchestrator.Templating.Tests;

/// <summary>Things that a machine may lack. With <c>CXO_REQUIRE_ALL=1</c> lacking one is a failure.</summary>
internal static class Needs
{
    /// <summary>A folder of the shared material beside the repository; the test is skipped without it.</summary>
    public static string Shared(string folder)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "CxOrchestrator.sln"))) root = root.Parent;
        var path = root is null ? folder : Path.GetFullPath(Path.Combine(root.FullName, "..", "shared", folder));
        var there = Directory.Exists(path);
        if (Environment.GetEnvironmentVariable("CXO_REQUIRE_ALL") == "1") Assert.True(there, $"{path} is missing");
        Skip.IfNot(there, $"{path} is missing");
        return path;
    }
}
