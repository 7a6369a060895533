using System.Runtime.CompilerServices;

namespace CxOrchestrator.Core.Tests.Content;

/// <summary>The repository's own files.</summary>
internal static class Repository
{
    /// <summary>The starter content, as a content folder's files.</summary>
    public static IReadOnlyDictionary<string, string> Templates() =>
        Directory.EnumerateFiles(TemplatesFolder, "*", SearchOption.AllDirectories)
            .ToDictionary(path => Path.GetRelativePath(TemplatesFolder, path).Replace('\\', '/'), File.ReadAllText);

    /// <summary>The text of a file of the starter content.</summary>
    public static string Template(string path) => File.ReadAllText(Path.Combine(TemplatesFolder, path));

    /// <summary>Writes a file of the starter content that is made from code.</summary>
    public static void WriteTemplate(string path, string text) => File.WriteAllText(Path.Combine(TemplatesFolder, path), text);

    private static string TemplatesFolder => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../../templates"));

    private static string Here([CallerFilePath] string path = "") => path;
}
