namespace CxOrchestrator.NodeRig.Work;

/// <summary>Two journeys of one message each: a mailing that customers are enrolled in, and a receipt that an event begins.</summary>
public static class MailingContent
{
    /// <summary>The key of the journey that customers are enrolled in.</summary>
    public const string Mailing = "mailing";

    /// <summary>The id of its first step.</summary>
    public const string FirstStep = "letter";

    /// <summary>The key of the journey that <see cref="Ordered"/> begins.</summary>
    public const string Receipt = "receipt";

    /// <summary>The type of event that begins a receipt.</summary>
    public const string Ordered = "order.placed";

    /// <summary>The mailing's files, by their path in the content folder: nothing listens to what becomes of a message.</summary>
    public static IReadOnlyDictionary<string, string> MailingFiles { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["journeys/mailing.yaml"] =
            "journey: mailing\npurpose: marketing\ntouchpoint: delivery\ntrigger: { on: mailing.begun }\nsteps:\n  - send: news\n    id: letter\n    via: [ email ]\n",
        ["messages/news/en.subject"] = "{{ customer.given_name }}, our news",
        ["messages/news/en.txt"] = "Dear {{ customer.name }},\n\nhere is what is new.\n\nNo more of these: {{ links.unsubscribe }}\n",
        ["messages/news/en.html"] =
            "<!doctype html>\n<html lang=\"en\"><body><p>Dear {{ customer.name }},</p>\n"
            + string.Concat(Enumerable.Range(1, 22).Select(number => $"<p style=\"margin:0 0 12px;line-height:1.5;color:#333\">{number}. A tray that folds, and a lamp for the garden.</p>\n"))
            + "<p><a href=\"{{ links.unsubscribe }}\">No more of these</a></p></body></html>\n",
    };

    /// <summary>The files of both. The receipt's goal listens to the event that a message was accepted, so that each message, the mailing's too, makes one.</summary>
    public static IReadOnlyDictionary<string, string> Files { get; } = new Dictionary<string, string>(MailingFiles, StringComparer.Ordinal)
    {
        ["journeys/receipt.yaml"] =
            "journey: receipt\npurpose: service\ntouchpoint: delivery\ntrigger: { on: order.placed }\nreentry: { per: event.data.order }\ngoal: { on: delivery.accepted }\nsteps:\n  - send: receipt\n    via: [ email ]\n",
        ["messages/receipt/en.subject"] = "Your order {{ event.data.order }}",
        ["messages/receipt/en.txt"] = "Dear {{ customer.name }},\n\nwe have your order {{ event.data.order }}.\n",
    };
}
