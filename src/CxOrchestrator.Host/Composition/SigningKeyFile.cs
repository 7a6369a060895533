using System.Security.Cryptography;
using CxOrchestrator.Core.Links;

namespace CxOrchestrator.Host.Composition;

/// <summary>
/// The key that signs customers' links. It is made at the first start and kept in the data folder, readable by its owner alone: whoever has it
/// can answer for anybody, and without it every link that was sent is dead.
/// </summary>
internal static class SigningKeyFile
{
    /// <summary>Where it lies.</summary>
    public static string PathIn(string dataFolder) => Path.Combine(dataFolder, "links.key");

    public static byte[] ReadOrMake(string dataFolder)
    {
        Directory.CreateDirectory(dataFolder);
        var path = PathIn(dataFolder);
        if (File.Exists(path))
            return Read(path);
        var key = RandomNumberGenerator.GetBytes(LinkSigner.KeyLength);
        var draft = $"{path}.{Path.GetRandomFileName()}";
        using (var file = new FileStream(draft, Options()))
        {
            file.Write(key);
            file.Flush(flushToDisk: true);
        }

        // Of two processes that start at once the first wins; the other reads its key.
        try
        {
            File.Move(draft, path, overwrite: false);
            return key;
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
            return Read(path);
        }
    }

    private static byte[] Read(string path)
    {
        var key = File.ReadAllBytes(path);
        return key.Length == LinkSigner.KeyLength
            ? key
            : throw new InvalidDataException(
                $"{path} has {key.Length} bytes instead of {LinkSigner.KeyLength}: put the right file back from a backup. (A new key would make every link that was sent invalid.)");
    }

    private static FileStreamOptions Options()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
