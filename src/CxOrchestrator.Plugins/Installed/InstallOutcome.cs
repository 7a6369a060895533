namespace CxOrchestrator.Plugins.Installed;

/// <summary>What became of an install.</summary>
/// <param name="Faults">Every reason why it was refused, with what to do; empty where it was done.</param>
/// <param name="Hash">The hash of the files; null where they could not be unpacked.</param>
/// <param name="Done">What was done; null where it was refused.</param>
public sealed record InstallOutcome(IReadOnlyList<string> Faults, string? Hash, InstallDone? Done);

/// <summary>An install that was done.</summary>
/// <param name="Id">The plugin.</param>
/// <param name="Version">The version that was put in.</param>
/// <param name="Plugin">The plugin as the book has it now.</param>
/// <param name="Fingerprint">SHA-256 of the signer's certificate in hexadecimal digits; null where there is no signature.</param>
/// <param name="Changed">False where all of it was there already.</param>
public sealed record InstallDone(string Id, string Version, InstalledPlugin Plugin, string? Fingerprint, bool Changed);
