namespace CxOrchestrator.Core.Content;

/// <summary>What templates and conditions see, by name: the members of <see cref="TemplateModels"/>.</summary>
public static class KnownModel
{
    /// <summary>What a survey's rule for cases sees.</summary>
    public static IReadOnlyList<string> ForAnswers { get; } = ["answer", "customer"];

    /// <summary>What conditions and values of journeys see.</summary>
    public static IReadOnlyList<string> ForJourneys { get; } = ["customer", "event", "answer", "journey"];

    /// <summary>What messages see.</summary>
    public static IReadOnlyList<string> ForMessages { get; } = [.. ForJourneys, "company", "links"];

    /// <summary>Members by variable. A customer has those of the attributes too.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Members { get; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
    {
        ["customer"] = ["id", "name", "given_name", "locale", "language", "time_zone", "email", "phone"],
        ["event"] = ["type", "source", "time", "data"],
        ["answer"] = ["survey", "score", "comment", "revision", "language", "touchpoint", "journey", "invitation"],
        ["journey"] = ["key", "touchpoint"],
        ["company"] = ["name"],
        ["links"] = ["survey", "unsubscribe"],
    };

    /// <summary>The variable that has members which we don't know.</summary>
    public const string Open = "customer";
}
