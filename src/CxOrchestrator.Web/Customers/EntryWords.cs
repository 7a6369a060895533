using CxOrchestrator.Core.Timeline;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Web.Customers;

/// <summary>Entries of the timeline in words for people.</summary>
internal static class EntryWords
{
    private static readonly Dictionary<string, string> Facts = new(StringComparer.Ordinal)
    {
        [ServiceFacts.MessageSent] = "Sent on",
        [ServiceFacts.MessageDelivered] = "Delivered",
        [ServiceFacts.MessageRead] = "Read",
        [ServiceFacts.MessageFailed] = "Did not arrive",
        [ServiceFacts.MessageDelayed] = "Late, still being tried",
        [ServiceFacts.MessageReplied] = "Replied",
        [ServiceFacts.ContactOptedOut] = "Opted out",
        [ServiceFacts.ContactOptedIn] = "Opted in",
        [ServiceFacts.ContactComplained] = "Complained of being written to",
        [ServiceFacts.CrmChanged] = "Changed in the CRM",
        [ServiceFacts.TicketChanged] = "Ticket changed",
    };

    /// <summary>What kind of thing it is, as a label.</summary>
    public static string KindOf(TimelineEntry entry) => entry.Kind switch
    {
        TimelineKind.Enrolment => "Journey",
        TimelineKind.Delivery => ChannelOf(entry, "Message"),
        TimelineKind.Response => "Answer",
        TimelineKind.Case => "Case",
        TimelineKind.WriteBack => "Written to the CRM",
        TimelineKind.Consent => "Consent",
        _ when Facts.ContainsKey(entry.Title) => ChannelOf(entry, "Service"),
        _ => "Event",
    };

    /// <summary>The title; an event's type as words (<c>order.delivered</c> as <c>Order delivered</c>).</summary>
    public static string TitleOf(TimelineEntry entry)
    {
        if (entry.Kind is not (TimelineKind.Event or TimelineKind.Consent) || entry.Title.Length == 0)
            return entry.Title;
        if (Facts.TryGetValue(entry.Title, out var said))
            return said;
        var words = entry.Title.Replace('.', ' ').Replace('_', ' ');
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

    /// <summary>Whether an entry is good, fair or bad news, or none.</summary>
    public static string ToneOf(TimelineEntry entry) => entry.Title switch
    {
        _ when entry.Kind != TimelineKind.Event => ToneOfState(entry),
        ServiceFacts.MessageDelivered or ServiceFacts.MessageRead or ServiceFacts.MessageReplied or ServiceFacts.ContactOptedIn => "good",
        ServiceFacts.MessageDelayed => "fair",
        ServiceFacts.MessageFailed or ServiceFacts.ContactOptedOut or ServiceFacts.ContactComplained => "bad",
        _ => ToneOfState(entry),
    };

    private static string ToneOfState(TimelineEntry entry) => entry.State switch
    {
        "accepted" or "delivered" or "read" or "goal reached" or "solved" or "written" or "given" => "good",
        "planned" or "claimed" or "handed over" or "deferred" or "delayed" or "unknown" or "opening" or "open" or "waiting" => "fair",
        "rejected" or "suppressed" or "expired" or "failed" or "refused" or "dead" or "withdrawn" => "bad",
        _ => "",
    };

    /// <summary>Whether an entry is bookkeeping that stands back.</summary>
    public static bool IsQuiet(TimelineEntry entry) =>
        entry is { Kind: TimelineKind.WriteBack, State: "written" or "waiting" }
        || (entry.Kind == TimelineKind.Event && (entry.Title.StartsWith("delivery.", StringComparison.Ordinal)
            || entry.Title is ServiceFacts.MessageSent or ServiceFacts.MessageDelivered or ServiceFacts.MessageRead or ServiceFacts.CrmChanged or ServiceFacts.TicketChanged));

    private static string ChannelOf(TimelineEntry entry, string otherwise) => entry.Channel switch
    {
        "sms" => "Text message",
        "email" => "E-mail",
        "whatsapp" => "WhatsApp",
        _ => otherwise,
    };
}
