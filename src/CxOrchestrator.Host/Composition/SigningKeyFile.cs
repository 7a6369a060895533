using System.Security.Cryptography;
using CxOrchestrator.Core.Links;

namespace CxOrchestrator.Host.Composition;

/// <summary>
/// The key that signs customers' links. It is made at the first start and kept in the data folder, readable by its owner alone: whoever has it
/// can answer for anybody, and without it every link that was sent is dead.
/// </summary>
internal static class SigningKeyFile
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Where it lies.</summary>
    public static string PathIn(string dataFolder) => Path.Combine(dataFolder, "links.key");

    /// <summary>The key; made where there is none. Of many that start at once one makes it, and the others read that one's.</summary>
    /// <exception cref="InvalidDataException">The file isn't a key.</exception>
    /// <exception cref="IOException">It can't be read or written, or another process takes longer than 30 seconds to make it.</exception>
    public static byte[] ReadOrMake(string dataFolder)
    {
        Directory.CreateDirectory(dataFolder);
        var path = PathIn(dataFolder);
        if (File.Exists(path))
            return Read(path);
        using (Turn($"{path}.lock"))
        {
            if (!File.Exists(path))
                Make(path);
        }

        return Read(path);
    }

    private static void Make(string path)
    {
        // A name of its own isn't needed: whoever writes has the lock. One who was killed at it leaves a draft, which is written anew.
        var draft = $"{path}.new";
        using (var file = new FileStream(draft, Options()))
        {
            file.Write(RandomNumberGenerator.GetBytes(LinkSigner.KeyLength));
            file.Flush(flushToDisk: true);
        }

        // Without the lock this would not do: on Unix it looks for the target first, then renames, and two may look at the same moment.
        File.Move(draft, path, overwrite: false);
    }

    // The operating system frees the lock when the process ends, however it ends.
    private static FileStream Turn(string path)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException taken) when (taken is not (FileNotFoundException or DirectoryNotFoundException))
            {
                if (TimeProvider.System.GetElapsedTime(began) > Patience)
                    throw new IOException($"Another cxo holds {path} for longer than {Patience.TotalSeconds:0} seconds: see what it does, then try again.", taken);
            }

            Task.Delay(Pause, TimeProvider.System).Wait();
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
