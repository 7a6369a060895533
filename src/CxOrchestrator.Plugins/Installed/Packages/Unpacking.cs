namespace CxOrchestrator.Plugins.Installed.Packages;

/// <summary>Writes a package's files into a folder of their own, and counts what really comes out of them.</summary>
internal static class Unpacking
{
    /// <summary>Writes the plugin's files; the paths must have been judged.</summary>
    /// <returns>Null, or why it was given up; what was written until then is left to be deleted.</returns>
    public static async Task<string?> UnpackAsync(Package package, string prefix, string folder, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var left = PackageLimits.Bytes;
        foreach (var (path, entry) in PackageRoot.Files(package, prefix))
        {
            var target = Path.GetFullPath(Path.Combine(folder, path));
            // The paths were judged; this line stands here so that a gap in the rules stays harmless.
            if (!target.StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                return $"{PackagePaths.Printable(path)} leads outside the plugin's folder";
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            try
            {
                left = await CopyAsync(entry, target, left, cancellation);
            }
            catch (InvalidDataException damaged)
            {
                return $"{PackagePaths.Printable(path)} is damaged ({damaged.Message}): get the package again";
            }

            if (left < 0)
                return $"its files take more than {PackageLimits.Bytes} bytes when unpacked, whatever it says of their lengths";
        }

        return null;
    }

    private static async Task<long> CopyAsync(PackageEntry entry, string target, long left, CancellationToken cancellation)
    {
        var buffer = new byte[81_920];
        await using var from = entry.Open();
        await using var to = new FileStream(target, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        while (left >= 0 && await from.ReadAsync(buffer, cancellation) is var count and > 0)
        {
            left -= count;
            await to.WriteAsync(buffer.AsMemory(0, count), cancellation);
        }

        to.Flush(flushToDisk: true);
        return left;
    }
}
