using CxOrchestrator.Core;
using CxOrchestrator.Core.Cases;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.Surveys;
using CxOrchestrator.Core.WriteBacks;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Storage.Conformance;

/// <summary>Records to store; change what matters to a fact with <c>with</c>.</summary>
public static class Some
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private static long _made;

    /// <summary>A key; each is later than the one before.</summary>
    public static Guid Key() => Ids.New(Noon.AddMilliseconds(Interlocked.Increment(ref _made)));

    /// <summary>An event that came from a shop.</summary>
    public static CustomerEvent Event(string? sourceId = null)
    {
        var id = Key();
        return new()
        {
            Id = id, Source = "shop", SourceId = sourceId ?? $"order-{id}", Type = "order.delivered", Subject = "c-1",
            Time = Noon.AddHours(-1), ReceivedAt = Noon, Data = Json.Parse("""{"total": 42.5}"""),
        };
    }

    /// <summary>A draft of a customer known to the shop.</summary>
    public static CustomerDraft Draft(string shopId = "c-1", string? name = "Ana Souza") => new(
        [new ExternalId("shop", shopId)], name, null, "pt-BR", "America/Sao_Paulo", [new ContactPoint(Channel.Email, $"{shopId}@example.com")],
        Json.EmptyObject);

    /// <summary>An enrolment that is due at noon, with an entry key of its own.</summary>
    public static Enrolment Enrolment(Guid? customer = null)
    {
        var id = Key();
        return new()
        {
            Id = id, CustomerId = customer ?? Key(), Journey = "post-delivery-nps", Version = 1, EntryKey = id.ToString(), StepId = "1",
            DueAt = Noon, Context = new EnrolmentContext(), StartedAt = Noon,
        };
    }

    /// <summary>A delivery that is due at noon.</summary>
    public static Delivery Delivery(Enrolment? enrolment = null) => new()
    {
        Id = Key(), CustomerId = enrolment?.CustomerId ?? Key(), EnrolmentId = enrolment?.Id ?? Key(), StepId = "invite", Occurrence = 1,
        Journey = "post-delivery-nps", Message = "nps-invitation", Purpose = Purpose.Feedback, Via = [Channel.Email, Channel.Sms], DueAt = Noon,
        PlannedAt = Noon, ChangedAt = Noon,
    };

    /// <summary>An invitation.</summary>
    public static Invitation Invitation(Enrolment? enrolment = null) => new()
    {
        Id = Key(), CustomerId = enrolment?.CustomerId ?? Key(), Survey = "nps", SurveyVersion = 1, EnrolmentId = enrolment?.Id,
        Journey = "post-delivery-nps", CreatedAt = Noon, ExpiresAt = Noon.AddDays(30),
    };

    /// <summary>The first answer to an invitation.</summary>
    public static Response Response(Invitation invitation, int score = 9) => new()
    {
        InvitationId = invitation.Id, CustomerId = invitation.CustomerId, Survey = invitation.Survey, SurveyVersion = invitation.SurveyVersion,
        Score = score, Comment = "fine", Language = "en", AnsweredAt = Noon, ChangedAt = Noon, Revision = 1,
    };

    /// <summary>A case.</summary>
    public static Case Case(Guid? customer = null)
    {
        var id = Key();
        return new()
        {
            Id = id, CustomerId = customer ?? Key(), Origin = $"invitation/{id}", Kind = "detractor", Journey = "post-delivery-nps",
            Owner = "service", DueAt = Noon.AddDays(1), Subject = "Scored 2", Body = "Too late", OpenedAt = Noon, ChangedAt = Noon,
        };
    }

    /// <summary>A write-back that is due at noon.</summary>
    public static WriteBack WriteBack(Guid? customer = null)
    {
        var id = Key();
        return new()
        {
            Id = id, CustomerId = customer ?? Key(), Key = $"message/{id}", Kind = CrmChangeKind.Message, Title = "nps-invitation sent",
            Values = Json.Parse("""{"channel": "email"}"""), At = Noon, DueAt = Noon,
        };
    }

    /// <summary>A decision on an event.</summary>
    public static EventDecision Decision(CustomerEvent about, EventOutcome outcome, Guid? enrolment = null, string journey = "post-delivery-nps") =>
        new(about.Id, Noon, about.CustomerId, journey, outcome, "because", enrolment);
}
