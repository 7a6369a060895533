using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Surveys;
using CxOrchestrator.Web.Pages;

namespace CxOrchestrator.Web.Customers;

/// <summary>A score in words: promoter (9, 10), passive (7, 8) and detractor (0 to 6) for NPS (Reichheld 2003), the scale for others.</summary>
internal static class ScoreWords
{
    /// <summary>The chip of a score; the survey's key says on which scale it stands.</summary>
    public static Markup Chip(int score, string survey, IPublishedContent content)
    {
        var (tone, words) = Of(score, content.Survey(survey)?.Scored);
        return Markup.Of($"<span class=\"chip {tone}\">{words}</span>");
    }

    /// <summary>Whether a score is good, fair or bad, and how it is called.</summary>
    public static (string Tone, string Words) Of(int score, Question? question)
    {
        if (question is { Kind: not QuestionKind.Nps })
        {
            var share = (double)(score - question.Lowest) / (question.Highest - question.Lowest);
            return (share >= 0.75 ? "good" : share >= 0.5 ? "fair" : "bad", $"{score} of {question.Highest}");
        }

        return score switch
        {
            >= 9 => ("good", $"{score} · promoter"),
            >= 7 => ("fair", $"{score} · passive"),
            _ => ("bad", $"{score} · detractor"),
        };
    }
}
