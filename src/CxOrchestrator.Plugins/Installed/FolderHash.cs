using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace CxOrchestrator.Plugins.Installed;

/// <summary>
/// The hash of a version's files. It is the SHA-256 of a listing with one line a file, the SHA-256 of its bytes in lower-case
/// hexadecimal digits, two spaces, its path below the folder with <c>/</c> between the parts, and a line feed; lines are in the
/// order of the paths, compared character by character. So anybody can make it without this program:
/// <c>find . -type f -printf '%P\n' | LC_ALL=C sort | xargs -d '\n' sha256sum | sha256sum</c>.
/// </summary>
public static partial class FolderHash
{
    private const string Prefix = "sha256:";

    /// <summary>True for what looks like a hash of a folder: <c>sha256:</c> and 64 lower-case hexadecimal digits.</summary>
    public static bool IsHash(string text) => Format().IsMatch(text);

    /// <summary>The hash of a folder as it is.</summary>
    /// <exception cref="IOException">The folder isn't there or can't be read.</exception>
    public static string Of(string folder) => OfListing(Listing(folder));

    /// <summary>The hash of a listing.</summary>
    internal static string OfListing(string listing) => Prefix + Digest(Encoding.UTF8.GetBytes(listing));

    /// <summary>The listing of a folder, from which the hash is made.</summary>
    internal static string Listing(string folder)
    {
        var lines = new StringBuilder();
        foreach (var path in PathsBelow(new DirectoryInfo(folder), "").Order(StringComparer.Ordinal))
            lines.Append(DigestOf(Path.Combine(folder, path))).Append("  ").Append(path).Append('\n');
        return lines.ToString();
    }

    private static IEnumerable<string> PathsBelow(DirectoryInfo folder, string prefix) =>
        folder.EnumerateFileSystemInfos().SelectMany(entry => entry is DirectoryInfo { LinkTarget: null } below
            ? PathsBelow(below, $"{prefix}{entry.Name}/")
            : [prefix + entry.Name]);

    // A link is none of the files that were installed: what it leads to counts for nothing, where it leads for everything.
    private static string DigestOf(string path)
    {
        if (new FileInfo(path).LinkTarget is { } target)
            return "link to " + Digest(Encoding.UTF8.GetBytes(target));
        using var stream = Open(new FileInfo(path));
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    /// <summary>
    /// Opens a file's bytes. One without any isn't opened at all: it may be a pipe that waits forever for somebody to write to it.
    /// </summary>
    internal static Stream Open(FileInfo file) => file.Length == 0 ? Stream.Null : file.OpenRead();

    private static string Digest(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    [GeneratedRegex(@"^sha256:[0-9a-f]{64}\z")]
    private static partial Regex Format();
}
