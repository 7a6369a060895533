namespace CxOrchestrator.Plugins.Installed;

/// <summary>What an admin asks to install.</summary>
public sealed record InstallRequest
{
    /// <summary>The share of the calls that a new version gets where nobody says otherwise.</summary>
    public const double DefaultShare = 0.1;

    /// <summary>The plugin's folder, zip file or NuGet package.</summary>
    public required string Source { get; init; }

    /// <summary>The hash that the files must have, as <see cref="FolderHash"/> makes it; null where none is known.</summary>
    public string? ExpectHash { get; init; }

    /// <summary>Take a version that is older than the active one. Default: false.</summary>
    public bool AllowDowngrade { get; init; }

    /// <summary>The share of the calls that the version gets first, above 0 and up to 1. Default: 0.1. Without meaning for a first version.</summary>
    public double Share { get; init; } = DefaultShare;

    /// <summary>Make the version active at once, without a trial. Default: false.</summary>
    public bool Now { get; init; }

    /// <summary>Refuse a plugin that isn't there yet. Default: false.</summary>
    public bool MustBeThere { get; init; }
}
