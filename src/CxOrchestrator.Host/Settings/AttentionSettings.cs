using CxOrchestrator.Core;
using CxOrchestrator.Core.Attention;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Retention;

namespace CxOrchestrator.Host.Settings;

/// <summary>Reads <c>Attention</c>: how many messages a customer gets, whatever the number of journeys.</summary>
internal static class AttentionSettings
{
    private const int MostMessages = 1_000;
    private const int LongestDays = 366;

    // Months that are kept are whole ones beside the present one.
    private const int ShortestMonth = 28;

    public static AttentionBudget Read(SettingsSection section, RetentionSettings retention, List<string> faults)
    {
        var purposes = section.List(
            "Purposes", "feedback or marketing; service messages are outside of the budget",
            text => Enum.TryParse<Purpose>(text, ignoreCase: true, out var purpose) && purpose is Purpose.Feedback or Purpose.Marketing ? (true, purpose) : default,
            Purpose.Feedback, Purpose.Marketing);
        var limits = section.Sections("Limits").Select(limit => Limit(limit, retention, faults)).OfType<AttentionLimit>().ToList();
        section.NothingElse();
        return new AttentionBudget(limits, [.. purposes.Where(purpose => purpose != Purpose.Service).Distinct()]);
    }

    private static AttentionLimit? Limit(SettingsSection limit, RetentionSettings retention, List<string> faults)
    {
        var before = faults.Count;
        var messages = limit.Whole("Messages", 0, 1, MostMessages);
        var within = limit.Span("Within", TimeSpan.FromMinutes(1), TimeSpan.FromDays(LongestDays), "a time from 1m to 366d without business days, such as 7d or 24h");
        limit.NothingElse();
        if (faults.Count == before && messages == 0)
            faults.Add($"{limit.Path}:Messages is missing: write a whole number from 1 to {MostMessages}");
        if (faults.Count == before && within is null)
            faults.Add($"{limit.Path}:Within is missing: write a time such as 7d");
        if (within?.TotalDays > retention.Ledger * ShortestMonth)
            faults.Add($"{limit.Path}:Within reaches further back than the ledger is kept (Retention:Ledger is {retention.Ledger} months): shorten it, or keep the ledger longer");
        return faults.Count > before ? null : new AttentionLimit(messages, within!.Value);
    }
}
