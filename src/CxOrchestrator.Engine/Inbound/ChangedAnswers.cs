using System.Globalization;
using CxOrchestrator.Core.Cases;
using CxOrchestrator.Core.Errands;
using CxOrchestrator.Core.Events;

namespace CxOrchestrator.Engine.Inbound;

/// <summary>
/// A customer who changes an answer after its case was opened is told of to the agents: the case was opened with the words of then. Said once for each
/// change that isn't for the better, as a comment on the ticket, under a key made of the answer's revision.
/// </summary>
internal static class ChangedAnswers
{
    /// <summary>Whether the event is a changed answer.</summary>
    public static bool IsOne(CustomerEvent fact) =>
        fact is { Source: EventTypes.OwnSource, Type: EventTypes.SurveyAnswered } && fact.Whole("revision") > 1;

    /// <summary>The origin of the case that the answer may have.</summary>
    public static string? OriginOf(CustomerEvent fact) =>
        Guid.TryParse(fact.Text("invitation"), out var invitation) ? Case.OriginOf(invitation) : null;

    /// <summary>Adds the errand; null where there is no case that would not know of it.</summary>
    public static string? Decide(CustomerEvent fact, FactMaterial material, EffectCollector effects, DateTimeOffset now)
    {
        if (OriginOf(fact) is not { } origin || material.Cases.GetValueOrDefault(origin) is not { } open || open.OpenedAt >= fact.Time)
            return null;
        var (score, previous) = (fact.Whole("score"), fact.Whole("previous_score"));
        if (score > previous)
            return null;
        effects.Errands.Add(new Errand
        {
            Key = string.Create(CultureInfo.InvariantCulture, $"comment/{origin}/{fact.Whole("revision")}"),
            Kind = ErrandKind.CommentOnCase,
            Connection = "",
            Subject = origin,
            Text = TextOf(fact, score, previous),
            AskedAt = now,
            DueAt = now,
        });
        return "the agents are told on the case's ticket";
    }

    private static string TextOf(CustomerEvent fact, int? score, int? previous)
    {
        var change = score == previous || previous is null
            ? string.Create(CultureInfo.InvariantCulture, $"The customer has changed the answer; the score is {score}.")
            : string.Create(CultureInfo.InvariantCulture, $"The customer has changed the answer: from {previous} to {score}.");
        var comment = fact.Text("comment") is { } words ? $"In the customer's own words:\n{words}" : "The customer left no comment.";
        return $"{change}\n{comment}";
    }
}
