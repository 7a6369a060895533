namespace CxOrchestrator.Plugins.Installed;

/// <summary>One installed plugin with all versions of it that lie on the disk.</summary>
public sealed record InstalledPlugin
{
    /// <summary>The version that does the work.</summary>
    public required string Active { get; init; }

    /// <summary>The version that has a share of the work until it has proved itself; null for none.</summary>
    public required CandidateVersion? Candidate { get; init; }

    /// <summary>The version that was active before; null where there was none, or where it was removed.</summary>
    public required string? Previous { get; init; }

    /// <summary>Candidates that were taken back, the oldest first.</summary>
    public required IReadOnlyList<Rollback> Rollbacks { get; init; }

    /// <summary>What is known of each version on the disk, by version.</summary>
    public required IReadOnlyDictionary<string, InstalledVersion> Versions { get; init; }

    /// <summary>The same with one version put in or replaced.</summary>
    public InstalledPlugin With(string version, InstalledVersion about) =>
        this with { Versions = new Dictionary<string, InstalledVersion>(Versions) { [version] = about } };
}

/// <summary>A version on trial.</summary>
/// <param name="Version">Which.</param>
/// <param name="Share">Its share of the calls, above 0 and up to 1.</param>
/// <param name="Since">When it was put in.</param>
public sealed record CandidateVersion(string Version, double Share, DateTimeOffset Since);

/// <summary>A candidate that was taken back.</summary>
/// <param name="Version">Which.</param>
/// <param name="At">When.</param>
/// <param name="Reason">Why, for an admin.</param>
public sealed record Rollback(string Version, DateTimeOffset At, string Reason);

/// <summary>What is known of one version.</summary>
/// <param name="Hash">The pinned hash of its folder, as <see cref="FolderHash"/> makes it.</param>
/// <param name="From">The name of the folder, zip or package that it came from.</param>
/// <param name="InstalledAt">When it was unpacked.</param>
/// <param name="Signature"><c>none</c>, or <c>verified by SUBJECT</c>.</param>
public sealed record InstalledVersion(string Hash, string From, DateTimeOffset InstalledAt, string Signature);
