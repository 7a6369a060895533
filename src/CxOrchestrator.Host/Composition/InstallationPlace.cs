namespace CxOrchestrator.Host.Composition;

/// <summary>Which installation a call is about.</summary>
/// <param name="SettingsFile">The settings file that was named, or null.</param>
/// <param name="Overrides">Settings that the call overrides.</param>
public sealed record InstallationPlace(string? SettingsFile, IReadOnlyList<KeyValuePair<string, string?>> Overrides)
{
    /// <summary>Folder of the starter content that lies beside the executable.</summary>
    public static string StarterContent => Path.Combine(AppContext.BaseDirectory, "templates");
}
