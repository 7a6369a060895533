namespace CxOrchestrator.Plugins.Settings;

/// <summary>One setting of a plugin, as a form or a prompt shows it.</summary>
/// <param name="Name">Its key, such as <c>Port</c>; below a group <c>Proxy:Port</c>.</param>
/// <param name="Kind">What may be written.</param>
/// <param name="Required">True where it must be given.</param>
/// <param name="Default">What counts where nothing is given; empty for nothing, and always for a secret.</param>
/// <param name="Secret">True where it is given by reference and never shown.</param>
/// <param name="Description">A line for people; empty where the plugin gives none.</param>
/// <param name="Choices">What a <see cref="SettingKind.Choice"/> may be.</param>
public sealed record SettingDescription(
    string Name, SettingKind Kind, bool Required, string Default, bool Secret, string Description, IReadOnlyList<string> Choices);
