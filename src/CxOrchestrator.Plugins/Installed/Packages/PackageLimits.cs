namespace CxOrchestrator.Plugins.Installed.Packages;

/// <summary>What no honest plugin exceeds. An archive of a few bytes can hold terabytes of zeros.</summary>
internal static class PackageLimits
{
    /// <summary>How many files a package may hold.</summary>
    public const int Files = 5_000;

    /// <summary>How many bytes its files may have together, unpacked.</summary>
    public const long Bytes = 512L * 1024 * 1024;

    /// <summary>How many bytes the archive itself may have.</summary>
    public const long PackageBytes = 256L * 1024 * 1024;
}
