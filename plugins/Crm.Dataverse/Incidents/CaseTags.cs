namespace CxOrchestrator.Plugins.CrmDataverse.Incidents;

/// <summary>Labels in one text column, <c>;nps;delivery;</c>: with a mark at both ends, so that a view can look for <c>;nps;</c>.</summary>
internal static class CaseTags
{
    /// <summary>What stands there, and those that don't yet.</summary>
    public static string Add(string? before, IReadOnlyList<string> tags) =>
        $";{string.Join(';', (before ?? "").Split(';').Concat(tags.Select(tag => tag.Replace(';', ' '))).Select(tag => tag.Trim()).Where(tag => tag.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase))};";
}
