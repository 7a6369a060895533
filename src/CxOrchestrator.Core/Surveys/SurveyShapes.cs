using CxOrchestrator.Core.Content.Schema;
using CxOrchestrator.Core.Content.Yaml;

namespace CxOrchestrator.Core.Surveys;

/// <summary>What may stand in a survey's file: the table that the parser and the JSON Schema share.</summary>
internal static class SurveyShapes
{
    /// <summary>The whole file.</summary>
    public static Shape Survey { get; } = new(
        "survey", "A survey: one scored question, perhaps a comment, and the words of its page.",
        new("survey", "The survey's name, which stays the same over its versions.", ValueSchemas.Name, true),
        new("language", "The language for customers whose own isn't there.", Language, true),
        new("expires", "How long an invitation may be answered. Default: 30d.", ValueSchemas.Duration),
        new("words", "The words of the page by language.", () => ValueSchemas.ByLanguage(ValueSchemas.Ref("words")), true),
        new("questions", "The questions in order.", () => ValueSchemas.ListOf(ValueSchemas.Ref("question")), true),
        new("case", "The answer that opens a case, whenever it comes.", () => ValueSchemas.Ref("case")));

    /// <summary>Words in one language.</summary>
    public static Shape Words { get; } = new(
        "words", "Words in one language.",
        new("title", "The page's title.", ValueSchemas.Text, true),
        new("send", "The button that sends the answer.", ValueSchemas.Text, true),
        new("thanks", "What is said after the answer.", ValueSchemas.Text, true));

    /// <summary>A question.</summary>
    public static Shape Question { get; } = new(
        "question", "A question.",
        new("id", "Its name in the survey.", ValueSchemas.Name, true),
        new("kind", "nps (0 to 10), csat (1 to 5), ces (1 to 7), or comment (free text).", () => ValueSchemas.OneOf(ValueReader.Words<QuestionKind>()), true),
        new("required", "Whether it must be answered. Default: true for the scored question, false for a comment.", ValueSchemas.Flag),
        new("text", "The question by language.", () => ValueSchemas.ByLanguage(ValueSchemas.Text()), true),
        new("low", "What the lowest score means, by language.", () => ValueSchemas.ByLanguage(ValueSchemas.Text())),
        new("high", "What the highest score means, by language.", () => ValueSchemas.ByLanguage(ValueSchemas.Text())));

    /// <summary>The rule that opens a case.</summary>
    public static Shape Case { get; } = new(
        "case", "The rule that opens a case.",
        new("when", "The condition, for example answer.score <= 6; it sees answer and customer.", ValueSchemas.Expression, true),
        new("kind", "The case's kind, for example detractor.", ValueSchemas.Name, true),
        new("owner", "Who is to put it right. Default: the setting Cases:Owner.", ValueSchemas.Text),
        new("due", "By when, in the company's zone or a calendar's, for example 1 business day, or 4 business hours in support.", ValueSchemas.Timing, true));

    private static System.Text.Json.Nodes.JsonObject Language() =>
        new() { ["type"] = "string", ["pattern"] = ValueSchemas.LanguagePattern };
}
