using System.Globalization;
using System.Text.Json;
using CxOrchestrator.Core.Cases;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Settings;
using CxOrchestrator.Core.WriteBacks;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Core.Surveys;

/// <summary>What one revision of an answer leaves behind: its event, its write-backs, and a case where the survey's rule says so.</summary>
internal sealed class AnswerEffects(CoreSettings settings)
{
    /// <summary>The effects; <paramref name="caseRuleError"/> says why the case rule could not be evaluated.</summary>
    /// <param name="asked">What was asked.</param>
    /// <param name="response">The answer.</param>
    /// <param name="previous">The score before this change; null for a first answer.</param>
    /// <param name="caseRuleError">See above.</param>
    public Effects Of(Asked asked, Response response, int? previous, out string? caseRuleError)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"{response.InvitationId:N}/{response.Revision}");
        var data = DataOf(asked, response, previous);
        var opened = CaseOf(asked, response, data, out caseRuleError);
        return new Effects
        {
            Events = [EventOf(asked, response, key, data)],
            WriteBacks = [.. WriteBacksOf(asked, response, key, data)],
            Cases = opened is null ? [] : [opened],
        };
    }

    private static JsonElement DataOf(Asked asked, Response response, int? previous)
    {
        var data = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["survey"] = response.Survey,
            ["score"] = response.Score,
            ["comment"] = response.Comment,
            ["revision"] = response.Revision,
            ["language"] = response.Language,
            ["touchpoint"] = asked.Invitation.Touchpoint,
            ["journey"] = asked.Invitation.Journey,
            ["invitation"] = response.InvitationId.ToString("N"),
        };
        if (previous is not null)
            data["previous_score"] = previous;
        return JsonSerializer.SerializeToElement(data);
    }

    // The event is about the delivery that first carried the link, also where the answer came by the reminder's: one enrolment has one
    // invitation for a survey, so that whoever waits for the answer waits on the invitation's delivery.
    private static CustomerEvent EventOf(Asked asked, Response response, string key, JsonElement data) => new()
    {
        Id = Ids.New(response.ChangedAt),
        Source = EventTypes.OwnSource,
        SourceId = $"answer/{key}",
        Type = EventTypes.SurveyAnswered,
        Subject = response.CustomerId.ToString("N"),
        CustomerId = response.CustomerId,
        Time = response.ChangedAt,
        ReceivedAt = response.ChangedAt,
        Data = data,
        DeliveryId = asked.Invitation.DeliveryId,
    };

    private static IEnumerable<WriteBack> WriteBacksOf(Asked asked, Response response, string key, JsonElement data)
    {
        yield return WriteBackOf(response, $"answer/{key}", CrmChangeKind.Answer, TitleOf(asked, response), data);
        if (response.Score is not { } score)
            yield break;
        var fields = JsonSerializer.SerializeToElement(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["last_score"] = score,
            ["last_score_at"] = response.ChangedAt.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["last_score_survey"] = response.Survey,
        });
        yield return WriteBackOf(response, $"score/{key}", CrmChangeKind.Score, $"Last score {score}", fields);
    }

    private static WriteBack WriteBackOf(Response response, string key, CrmChangeKind kind, string title, JsonElement values) => new()
    {
        Id = Ids.New(response.ChangedAt),
        CustomerId = response.CustomerId,
        Key = key,
        Kind = kind,
        Title = title,
        Values = values,
        At = response.ChangedAt,
        DueAt = response.ChangedAt,
    };

    private Case? CaseOf(Asked asked, Response response, JsonElement data, out string? error)
    {
        error = null;
        if (asked.Survey.Case is not { } rule)
            return null;
        var model = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["answer"] = Json.ToMap(data),
            ["customer"] = TemplateModels.Of(asked.Customer),
        };
        if (!rule.When.Holds(model, out error))
            return null;
        // An answer is never lost for a setting: where the calendar is gone, its case is due by the company's own.
        var calendar = rule.Due.Calendar is { } named && settings.HasCalendar(named) ? settings.Calendar(named) : settings.Business;
        var now = response.ChangedAt;
        return new Case
        {
            Id = Ids.New(now),
            CustomerId = response.CustomerId,
            Origin = Case.OriginOf(response.InvitationId),
            Kind = rule.Kind,
            Journey = asked.Invitation.Journey,
            InvitationId = response.InvitationId,
            Owner = rule.Owner ?? settings.CaseOwner,
            DueAt = rule.Due.Resolve(now, ZoneOf(asked), calendar),
            Subject = $"{NameOf(asked)}: {TitleOf(asked, response)}",
            Body = BodyOf(asked, response),
            OpenedAt = now,
            ChangedAt = now,
        };
    }

    private static TimeZoneInfo ZoneOf(Asked asked) => Zones.Find(asked.Customer.TimeZone).Zone;

    private static string NameOf(Asked asked) => asked.Customer.Name.Length > 0 ? asked.Customer.Name : "A customer";

    private static string TitleOf(Asked asked, Response response)
    {
        var kind = asked.Survey.Scored.Kind.ToString().ToUpperInvariant();
        var score = response.Score is { } given ? string.Create(CultureInfo.InvariantCulture, $"{kind} {given}") : kind;
        return asked.Invitation.Touchpoint.Length > 0 ? $"{score}, {asked.Invitation.Touchpoint}" : score;
    }

    private static string BodyOf(Asked asked, Response response)
    {
        var scored = asked.Survey.Scored;
        var question = scored.Text.GetValueOrDefault(response.Language) ?? scored.Text.GetValueOrDefault(asked.Survey.DefaultLanguage) ?? scored.Id;
        var lines = new List<string>
        {
            $"Customer: {NameOf(asked)} ({asked.Customer.Locale}, {asked.Customer.TimeZone})",
            $"Asked: {question}",
            string.Create(CultureInfo.InvariantCulture, $"Answered: {response.Score} on a scale from {scored.Lowest} to {scored.Highest}"),
            string.Create(CultureInfo.InvariantCulture, $"When: {response.ChangedAt.ToUniversalTime():yyyy-MM-dd HH:mm} UTC"),
            $"Language: {response.Language}",
        };
        if (asked.Invitation.Touchpoint.Length > 0)
            lines.Add($"Touchpoint: {asked.Invitation.Touchpoint}");
        if (asked.Invitation.Journey.Length > 0)
            lines.Add($"Journey: {asked.Invitation.Journey}");
        lines.Add("");
        lines.Add(response.Comment.Length > 0 ? $"In the customer's own words:\n{response.Comment}" : "The customer left no comment.");
        return string.Join('\n', lines);
    }
}
