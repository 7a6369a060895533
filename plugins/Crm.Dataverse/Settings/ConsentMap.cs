namespace CxOrchestrator.Plugins.CrmDataverse.Settings;

/// <summary>Which column forbids which kind of message. All of them are negative: true means that it is not allowed.</summary>
internal static class ConsentMap
{
    // There is no column for text messages in a plain contact, and preferredcontactmethodcode has no value for them.
    private static readonly Dictionary<string, string> Defaults = new(StringComparer.Ordinal)
    {
        ["email/service"] = "donotemail",
        ["email/feedback"] = "donotbulkemail",
        ["email/marketing"] = "donotsendmm",
        ["sms/service"] = "cxo_donotsms",
        ["sms/feedback"] = "cxo_donotsmsfeedback",
        ["sms/marketing"] = "cxo_donotsmsmarketing",
    };

    /// <summary>Columns by <c>channel/purpose</c>.</summary>
    public static IReadOnlyDictionary<string, string> Of(DataverseSettings settings)
    {
        var columns = new Dictionary<string, string>(Defaults, StringComparer.Ordinal);
        foreach (var (key, column) in settings.ConsentColumns ?? [])
        {
            if (column == "-")
                columns.Remove(key);
            else
                columns[key] = column;
        }

        return columns;
    }
}
