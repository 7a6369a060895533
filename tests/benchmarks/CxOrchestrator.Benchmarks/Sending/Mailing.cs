namespace CxOrchestrator.Benchmarks.Sending;

/// <summary>The journey of one marketing message, and the message: 5 KB of HTML and text together, personal in both.</summary>
internal static class Mailing
{
    /// <summary>The journey's key.</summary>
    public const string Journey = "thanks";

    /// <summary>The key of the journey of one text message, which is worth nothing after three minutes.</summary>
    public const string Texting = "texting";

    /// <summary>The files to publish.</summary>
    public static Dictionary<string, string> Files { get; } = new(StringComparer.Ordinal)
    {
        ["journeys/thanks.yaml"] = "journey: thanks\npurpose: marketing\ntouchpoint: delivery\ntrigger: { on: order.delivered }\nsteps:\n  - send: thanks\n    via: [ email ]\n",
        ["journeys/texting.yaml"] = "journey: texting\npurpose: service\ntrigger: { on: order.delivered }\nsteps:\n  - send: text\n    via: [ sms ]\n    expires: 3m\n",
        ["messages/text/en.sms"] = "{{ customer.given_name }}, your order {{ event.data.order }} is there.",
        ["messages/thanks/en.subject"] = "{{ customer.given_name }}, your order {{ event.data.order }} and something more",
        ["messages/thanks/en.txt"] = """
            Dear {{ customer.name }},

            your order {{ event.data.order }} over {{ event.data.total }} EUR has arrived:
            {{ for item in event.data.items }}- {{ item.name }}, {{ item.price }} EUR
            {{ end }}
            {{ if customer.tier == "gold" }}As a gold customer you have {{ customer.points }} points.{{ else }}You have {{ customer.points }} points; 5,000 make you a gold customer.{{ end }}

            {{ company.name }}, for {{ customer.city }}
            No more of these: {{ links.unsubscribe }}
            """,
        ["messages/thanks/en.html"] = Html(),
    };

    private static string Html() => $$$"""
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>Your order {{ event.data.order }}</title></head>
        <body style="margin:0;font-family:sans-serif">
        <h1 style="font-size:22px">Thank you, {{ customer.given_name }}!</h1>
        <p>Dear {{ customer.name }}, your order <b>{{ event.data.order }}</b> over {{ event.data.total }} EUR has arrived.</p>
        <table role="presentation" width="100%">
        {{ for item in event.data.items }}<tr><td style="padding:8px;border-bottom:1px solid #eee">{{ item.name }}</td><td style="padding:8px">{{ item.price }} EUR</td></tr>
        {{ end }}</table>
        {{ if customer.tier == "gold" }}<p>As a gold customer you have <b>{{ customer.points }}</b> points.</p>{{ else }}<p>You have {{ customer.points }} points.</p>{{ end }}
        {{{string.Concat(Enumerable.Range(1, 22).Select(Paragraph))}}}
        <p>{{ company.name }}, for {{ customer.city }}. <a href="{{ links.unsubscribe }}">No more of these</a></p>
        </body></html>
        """;

    private static string Paragraph(int number) =>
        $"<p style=\"margin:0 0 12px;line-height:1.5;color:#333\">{number}. What others liked with it: a tray that folds, and a lamp for the garden.</p>\n";
}
