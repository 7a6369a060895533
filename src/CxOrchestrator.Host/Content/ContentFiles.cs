using System.Text;
using CxOrchestrator.Host.Composition;

namespace CxOrchestrator.Host.Content;

/// <summary>Reads the content folder.</summary>
internal static class ContentFiles
{
    private const long LargestFile = 1024 * 1024;

    private static readonly string[] Folders = ["journeys", "messages", "parts", "surveys"];

    // A byte that isn't UTF-8 is an error, not a question mark in somebody's mail.
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The texts of <c>journeys/</c>, <c>messages/</c>, <c>parts/</c> and <c>surveys/</c> by path relative to the folder, with forward slashes.</summary>
    /// <exception cref="UserException">The folder or a file can't be read.</exception>
    public static IReadOnlyDictionary<string, string> Read(string folder)
    {
        if (!Directory.Exists(folder))
            throw new UserException($"The content folder {folder} does not exist: make it, or name another in Content:Folder.");
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in Folders.Select(name => Path.Combine(folder, name)).Where(Directory.Exists))
        {
            foreach (var path in Directory.EnumerateFiles(part, "*", SearchOption.AllDirectories))
                files[Path.GetRelativePath(folder, path).Replace('\\', '/')] = ReadText(path);
        }

        return files;
    }

    /// <summary>The text of one file.</summary>
    /// <exception cref="UserException">It can't be read.</exception>
    public static string ReadText(string path)
    {
        try
        {
            return new FileInfo(path).Length <= LargestFile
                ? File.ReadAllText(path, Strict)
                : throw new UserException($"{path} is larger than {LargestFile / 1024} KB: no journey, message, part or survey is.");
        }
        catch (DecoderFallbackException error)
        {
            throw new UserException($"{path} is not UTF-8 text: save it as UTF-8.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"{path} can't be read: {error.Message}", error);
        }
    }
}
