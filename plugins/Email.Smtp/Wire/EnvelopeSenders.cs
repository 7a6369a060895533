namespace CxOrchestrator.Plugins.EmailSmtp.Wire;

/// <summary>The address that bounces go to, one for each delivery where the setting holds the key (VERP).</summary>
internal static class EnvelopeSenders
{
    public const string KeyPlaceholder = "{key}";

    /// <summary>The setting with the delivery's key put in; null where there is no setting.</summary>
    public static string? For(string? setting, string key) =>
        string.IsNullOrEmpty(setting) ? null : setting.Replace(KeyPlaceholder, key, StringComparison.Ordinal);
}
