namespace CxOrchestrator.Engine.Tests.Worlds;

/// <summary>Content that tests publish.</summary>
public static class Words
{
    public const string Survey = """
        survey: nps
        language: en
        expires: 30d
        words: { en: { title: How was it?, send: Send, thanks: Thank you } }
        questions:
          - { id: score, kind: nps, text: { en: Would you recommend us? } }
          - { id: comment, kind: comment, text: { en: Why? } }
        """;

    /// <summary>A journey file around steps.</summary>
    public static string Journey(string name, string steps, string trigger = "{ on: order.delivered }", string more = "", string purpose = "service") =>
        $"journey: {name}\npurpose: {purpose}\ntouchpoint: delivery\ntrigger: {trigger}\n{more}\nsteps:\n{Indent(steps)}\n";

    /// <summary>The files that every world has: two messages and a survey.</summary>
    public static Dictionary<string, string> Files() => new(StringComparer.Ordinal)
    {
        ["surveys/nps.yaml"] = Survey,
        ["messages/hello/en.subject"] = "Hello {{ customer.given_name }}",
        ["messages/hello/en.txt"] = "Hello {{ customer.name }}.",
        ["messages/hello/en.html"] = "<p>Hello {{ customer.name }}.</p>",
        ["messages/hello/en.sms"] = "Hello {{ customer.given_name }}",
        ["messages/ask/en.subject"] = "How was it, {{ customer.given_name }}?",
        ["messages/ask/en.txt"] = "Tell us: {{ links.survey }} Stop: {{ links.unsubscribe }}",
        ["messages/ask/en.sms"] = "Tell us: {{ links.survey }}",
    };

    private static string Indent(string text) => string.Join('\n', text.Split('\n').Select(line => "  " + line));
}
