using CxOrchestrator.Core;
using CxOrchestrator.Core.Settings;

namespace CxOrchestrator.Engine.Import;

/// <summary>Reads locales and zones as other systems write them. What is unknown changes nothing of a customer who is known; a new one gets the setting's.</summary>
internal static class PlaceText
{
    /// <summary>The known tag nearest to the text, or null.</summary>
    public static string? Locale(string? text, CoreSettings settings, out bool unknown)
    {
        unknown = false;
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var match = Locales.Find(text, settings.DefaultLocale);
        unknown = !match.Known;
        return unknown && match.Tag == settings.DefaultLocale ? null : match.Tag;
    }

    /// <summary>The known zone, or null.</summary>
    public static string? Zone(string? text, CoreSettings settings, out bool unknown)
    {
        unknown = false;
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var match = Zones.Find(text, settings.DefaultTimeZone);
        unknown = !match.Known;
        return unknown ? null : match.Id;
    }
}
