using System.Globalization;
using System.Text;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Cases;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Core.Settings;
using CxOrchestrator.Engine.Times;

namespace CxOrchestrator.Engine.Walking;

/// <summary>Opens a case: about the last answer where there is one, so that the survey's own rule and this step open one case between them.</summary>
internal sealed class OpenCaseRun(WalkFacts facts, CustomerTime time, CoreSettings settings)
{
    public async Task<StepOutcome> RunAsync(Walk walk, OpenCaseStep step, CancellationToken cancellation)
    {
        var due = time.Resolve(step.Due, walk.Now, walk.Person);
        var occurrence = walk.Visit(step);
        var answer = walk.Context.Answer is { } data ? Json.ToMap(data) : null;
        var invitation = await AnsweredAsync(walk, answer, cancellation);
        walk.Effects.Cases.Add(new Case
        {
            Id = Ids.New(walk.Now),
            CustomerId = walk.Person.Id,
            Origin = invitation is { } id ? Case.OriginOf(id) : $"enrolment/{walk.Enrolment.Id:N}/{step.Id}/{occurrence}",
            Kind = step.Kind,
            Journey = walk.Journey.Key,
            InvitationId = invitation,
            EnrolmentId = walk.Enrolment.Id,
            Owner = step.Owner ?? settings.CaseOwner,
            DueAt = due,
            Subject = Subject(walk, step, answer),
            Body = Body(walk, answer),
            OpenedAt = walk.Now,
            ChangedAt = walk.Now,
            Reason = "to be opened in the helpdesk",
        });
        return new StepOutcome.Go(step.Next) { Did = $"opened a case: {step.Kind}{(step.Due.Calendar is null ? "" : $", due {due:u}{time.Said(step.Due, due)}")}" };
    }

    // The answer names its invitation; where it doesn't, it is the one that this enrolment has for the survey.
    private async Task<Guid?> AnsweredAsync(Walk walk, IReadOnlyDictionary<string, object?>? answer, CancellationToken cancellation)
    {
        if (answer?.GetValueOrDefault("invitation") is string text && Guid.TryParse(text, out var named))
            return named;
        return answer?.GetValueOrDefault("survey") is string survey ? (await facts.InvitationAsync(walk, survey, cancellation))?.Id : null;
    }

    private static string Subject(Walk walk, OpenCaseStep step, IReadOnlyDictionary<string, object?>? answer)
    {
        var who = walk.Person.Name.Length > 0 ? walk.Person.Name : "a customer";
        return answer?.GetValueOrDefault("score") is { } score
            ? string.Create(CultureInfo.InvariantCulture, $"{step.Kind}: {who} gave {score}")
            : $"{step.Kind}: {who}";
    }

    private static string Body(Walk walk, IReadOnlyDictionary<string, object?>? answer)
    {
        var body = new StringBuilder();
        Line("Customer", walk.Person.Name);
        Line("Language", walk.Person.Locale);
        Line("Survey", answer?.GetValueOrDefault("survey") as string);
        Line("Score", Convert.ToString(answer?.GetValueOrDefault("score"), CultureInfo.InvariantCulture));
        Line("Comment", answer?.GetValueOrDefault("comment") as string);
        Line("Journey", walk.Journey.Key);
        Line("Touchpoint", walk.Journey.Touchpoint);
        return body.ToString();

        void Line(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
                body.Append(name).Append(": ").Append(value).Append('\n');
        }
    }
}
