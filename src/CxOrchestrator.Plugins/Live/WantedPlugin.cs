using CxOrchestrator.Plugins.Discovery;
using CxOrchestrator.Plugins.Installed;

namespace CxOrchestrator.Plugins.Live;

/// <summary>A version that should be loaded.</summary>
/// <param name="Found">What lies on the disk.</param>
/// <param name="Pin">The hash that was pinned when it was installed; empty for a bundled plugin.</param>
internal sealed record WantedVersion(FoundPlugin Found, string Pin)
{
    /// <summary>True where both are the same files.</summary>
    public bool IsSameAs(WantedVersion other) => Found.Folder == other.Found.Folder && Pin == other.Pin;
}

/// <summary>A plugin that should be loaded, by one version or by two.</summary>
/// <param name="Active">The version that does the work.</param>
/// <param name="Candidate">The version on trial; null for none.</param>
/// <param name="Terms">The terms of the trial; null where there is none.</param>
/// <param name="Note">What an admin should know of its past, such as a version that went back; empty for nothing.</param>
internal sealed record WantedPlugin(WantedVersion Active, WantedVersion? Candidate, CandidateVersion? Terms, string Note);
