using CxOrchestrator.Core.Timeline;

namespace CxOrchestrator.Web.Customers;

/// <summary>Entries of the timeline in words for people.</summary>
internal static class EntryWords
{
    /// <summary>What kind of thing it is, as a label.</summary>
    public static string KindOf(TimelineEntry entry) => entry.Kind switch
    {
        TimelineKind.Enrolment => "Journey",
        TimelineKind.Delivery => entry.Channel switch { "sms" => "Text message", "email" => "E-mail", _ => "Message" },
        TimelineKind.Response => "Answer",
        TimelineKind.Case => "Case",
        TimelineKind.WriteBack => "Written to the CRM",
        TimelineKind.Consent => "Consent",
        _ => "Event",
    };

    /// <summary>The title; an event's type as words (<c>order.delivered</c> as <c>Order delivered</c>).</summary>
    public static string TitleOf(TimelineEntry entry)
    {
        if (entry.Kind is not (TimelineKind.Event or TimelineKind.Consent) || entry.Title.Length == 0)
            return entry.Title;
        var words = entry.Title.Replace('.', ' ').Replace('_', ' ');
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

    /// <summary>Whether a state is good, fair or bad news, or none.</summary>
    public static string ToneOf(TimelineEntry entry) => entry.State switch
    {
        "accepted" or "goal reached" or "solved" or "written" or "given" => "good",
        "planned" or "claimed" or "handed over" or "deferred" or "unknown" or "opening" or "open" or "waiting" => "fair",
        "rejected" or "suppressed" or "expired" or "failed" or "refused" or "dead" or "withdrawn" => "bad",
        _ => "",
    };

    /// <summary>Whether an entry is bookkeeping that stands back.</summary>
    public static bool IsQuiet(TimelineEntry entry) =>
        entry is { Kind: TimelineKind.WriteBack, State: "written" or "waiting" }
        || (entry.Kind == TimelineKind.Event && entry.Title.StartsWith("delivery.", StringComparison.Ordinal));
}
