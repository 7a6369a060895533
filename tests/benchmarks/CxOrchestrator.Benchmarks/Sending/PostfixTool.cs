namespace CxOrchestrator.Benchmarks.Sending;

/// <summary>Finds the tools that Postfix brings.</summary>
internal static class PostfixTool
{
    private static readonly string[] Folders = ["/usr/sbin", "/usr/lib/postfix/sbin", "/usr/libexec/postfix"];

    /// <summary>The full path of one.</summary>
    /// <exception cref="FormatException">It isn't there.</exception>
    public static string Find(string name) =>
        Folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
        ?? throw new FormatException($"{name} is not in {string.Join(", ", Folders)}: install Debian's package postfix.");
}
