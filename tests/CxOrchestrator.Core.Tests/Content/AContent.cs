using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;

namespace CxOrchestrator.Core.Tests.Content;

/// <summary>A small content folder that is right, to break in one place.</summary>
internal static class AContent
{
    public static readonly DateTimeOffset Now = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);

    public static ContentRules Rules { get; } = new("en", "Café & Söhne", ["order.returned"], cron => cron == "bad" ? "it has 1 part." : null);

    public static Dictionary<string, string> Files() => new(StringComparer.Ordinal)
    {
        ["journeys/ask.yaml"] = """
            journey: ask
            purpose: feedback
            trigger: { on: order.delivered }
            steps:
              - survey: nps
                message: invite
                id: invite
                via: [ email, sms ]
              - waitFor: { on: survey.answered, of: invite, upTo: 5d }
              - choose:
                  - when: answer.score <= 6
                    steps: [ { openCase: detractor, due: 1 business day } ]
            """,
        ["surveys/nps.yaml"] = """
            survey: nps
            language: en
            words: { en: { title: Your opinion, send: Send, thanks: Thank you }, th: { title: ความคิดเห็น, send: ส่ง, thanks: ขอบคุณ } }
            questions: [ { id: recommend, kind: nps, text: { en: How likely?, th: เพียงใด } } ]
            """,
        ["messages/invite/en.subject"] = "  How was it{{ if customer.given_name }}, {{ customer.given_name }}{{ end }}?\n",
        ["messages/invite/en.txt"] = "{{ company.name }}: {{ links.survey }}\n{{ links.unsubscribe }}",
        ["messages/invite/en.html"] = "<p>{{ customer.name }}</p><a href=\"{{ links.survey }}?score=9\">9</a><a href=\"{{ links.unsubscribe }}\">stop</a>",
        ["messages/invite/en.sms"] = "{{ links.survey }}\n",
        ["messages/invite/th.subject"] = "เป็นอย่างไรบ้าง",
        ["messages/invite/th.txt"] = "{{ links.survey }} {{ links.unsubscribe }}",
        ["messages/invite/th.html"] = "<p lang=th>{{ links.survey }} {{ links.unsubscribe }}</p>",
        ["messages/invite/th.sms"] = "{{ links.survey }} ครับ/ค่ะ",
    };

    public static Customer Customer(string locale = "en", string name = "Anna Berg", string zone = "Etc/UTC") => new()
    {
        Id = new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), Name = name, Locale = locale, TimeZone = zone, CreatedAt = Now, ChangedAt = Now,
    };

    public static MessageTemplate Message(params (string File, string Text)[] files)
    {
        var parse = MessageParser.Parse("note", files.ToDictionary(file => file.File, file => file.Text), "en");
        Assert.DoesNotContain(parse.Faults, fault => !fault.IsWarning);
        return parse.Message!;
    }

    public static Dictionary<string, object?> Model(Customer customer) =>
        TemplateModels.ForMessage(customer, new EnrolmentContext(), "ask", "delivery", "Café & Söhne", "https://cx.test/s/abc", "https://cx.test/u/def");
}
