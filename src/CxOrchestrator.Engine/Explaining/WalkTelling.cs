using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Explaining;
using CxOrchestrator.Engine.Publishing;

namespace CxOrchestrator.Engine.Explaining;

/// <summary>One walk: its steps, messages, answers, cases and write-backs, in order of time.</summary>
internal static class WalkTelling
{
    /// <summary>The section.</summary>
    public static ExplainedSection Of(Chain chain, Enrolment walk)
    {
        var deliveries = chain.DeliveriesOf(walk);
        var lines = new List<ExplainedLine>
        {
            new(walk.StartedAt, "walk", $"{(Placing.WasMoved(walk) ? $"begins (it walks version {walk.Version} now)" : $"begins in version {walk.Version}")}, in the re-entry slot \"{walk.EntryKey}\"{Cause(chain, walk)}"),
        };
        lines.AddRange(Steps(walk));
        lines.AddRange(SplitTelling.Of(chain, walk));
        lines.AddRange(deliveries.SelectMany(one => DeliveryTelling.Of(chain, one)));
        lines.AddRange(Answers(chain, walk));
        lines.AddRange(Cases(chain, walk));
        lines.AddRange(WriteBacks(chain, walk, deliveries));
        lines.Add(Stands(walk));
        // Of one moment, the order in which they were told.
        return new ExplainedSection(
            $"The walk of {Words.Moment(walk.StartedAt)}, version {walk.Version}",
            [.. lines.Where(line => line.At is null), .. lines.Where(line => line.At is not null).OrderBy(line => line.At)]);
    }

    private static string Cause(Chain chain, Enrolment walk) =>
        walk.EventId is not { } id ? ", by the schedule"
        : chain.Facts.Events.FirstOrDefault(one => one.Event.Id == id) is { Event: var fact } ? $", by {fact.Type} ({fact.Source}/{fact.SourceId})"
        : $", by the event {id:N}, which is no longer stored";

    private static IEnumerable<ExplainedLine> Steps(Enrolment walk)
    {
        var trail = walk.Context.Trail;
        if (trail.Count >= Trace.Most)
            yield return new ExplainedLine(null, "step", $"what the steps did before {Words.Moment(trail[0].At)} is not kept");
        else if (trail.Count == 0 && walk.State != EnrolmentState.Active)
            yield return new ExplainedLine(null, "step", "what the steps of this walk did was not kept then");
        foreach (var trace in trail)
            yield return new ExplainedLine(trace.At, "step", $"{trace.Step}: {trace.Did}");
    }

    private static IEnumerable<ExplainedLine> Answers(Chain chain, Enrolment walk)
    {
        foreach (var (invitation, response) in chain.Facts.Invitations.Where(one => one.Invitation.EnrolmentId == walk.Id).Select(one => (one.Invitation, one.Response)))
        {
            yield return new ExplainedLine(invitation.CreatedAt, "survey", $"invited to {invitation.Survey}, open until {Words.Moment(invitation.ExpiresAt)}");
            if (response is not null)
            {
                var score = response.Score is { } given ? $" with {given}" : "";
                yield return new ExplainedLine(response.AnsweredAt, "survey", $"answered {response.Survey}{score}{(response.Revision > 1 ? $", changed on {Words.Moment(response.ChangedAt)}" : "")}");
            }
        }
    }

    private static IEnumerable<ExplainedLine> Cases(Chain chain, Enrolment walk)
    {
        var invitations = chain.Facts.Invitations.Where(one => one.Invitation.EnrolmentId == walk.Id).Select(one => (Guid?)one.Invitation.Id).ToHashSet();
        foreach (var one in chain.Facts.Cases.Where(one => one.EnrolmentId == walk.Id || (one.InvitationId is not null && invitations.Contains(one.InvitationId))))
        {
            var ticket = one.TicketId is { } id ? $"; ticket {id} in {one.Connection}" : "";
            yield return new ExplainedLine(one.OpenedAt, "case", $"{one.Kind} for {one.Owner}, due {Words.Moment(one.DueAt)}: {Words.Of(one.State)}: {one.Reason}{ticket}");
        }
    }

    // A write-back names what it is about in its key: the message, the answer's invitation, the case.
    private static IEnumerable<ExplainedLine> WriteBacks(Chain chain, Enrolment walk, IReadOnlyList<WatchedDelivery> deliveries)
    {
        var about = deliveries.Select(one => one.Delivery.Key)
            .Concat(chain.Facts.Invitations.Where(one => one.Invitation.EnrolmentId == walk.Id).Select(one => one.Invitation.Id.ToString("N")))
            .Concat(chain.Facts.Cases.Where(one => one.EnrolmentId == walk.Id).Select(one => one.Id.ToString("N")))
            .ToHashSet(StringComparer.Ordinal);
        foreach (var one in chain.Facts.WriteBacks.Where(one => one.EnrolmentId == walk.Id || one.Key.Split('/').Any(about.Contains)))
        {
            var where = one.Connection is { } connection ? $" to {connection}" : "";
            var due = one.DueAt is { } at ? $"; next try {Words.Moment(at)}" : "";
            yield return new ExplainedLine(one.At, "write-back", $"{one.Title}{where}: {Words.Of(one.State)}{(one.Reason.Length > 0 ? $": {one.Reason}" : "")}{due}");
        }
    }

    private static ExplainedLine Stands(Enrolment walk) => walk.State == EnrolmentState.Active
        ? new ExplainedLine(null, "walk", $"stands at step {walk.StepId}: {walk.Reason}{(walk.DueAt is { } due ? $"; looked at again {Words.Moment(due)}" : "")}")
        : new ExplainedLine(walk.EndedAt, "walk", $"{Words.Of(walk.State)}: {walk.Reason}");
}
