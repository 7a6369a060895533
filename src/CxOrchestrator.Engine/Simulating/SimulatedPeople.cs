using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.Links;
using CxOrchestrator.Core.Simulating;
using CxOrchestrator.Core.Surveys;

namespace CxOrchestrator.Engine.Simulating;

/// <summary>
/// The customers of a simulation: what they do with a message is drawn when it arrives, and done when its time has come, through the same desks as anybody's
/// answer and anybody's word.
/// </summary>
public sealed class SimulatedPeople(SurveyDesk surveys, ISurveyStore invitations, UnsubscribeDesk unsubscribes, CustomerLinks links, IPublishedContent content)
{
    private readonly Dictionary<(Guid Customer, string Journey, string Step), int> _numbers = [];
    private readonly PriorityQueue<Act, DateTimeOffset> _planned = new();

    /// <summary>When the next of them does something, or null.</summary>
    public DateTimeOffset? Next => _planned.TryPeek(out _, out var at) ? at : null;

    /// <summary>Answers that were taken.</summary>
    public long Answers { get; private set; }

    /// <summary>Consents that were withdrawn.</summary>
    public long Withdrawals { get; private set; }

    /// <summary>Lets them read messages that have just arrived; in the order of customer, journey and step, so that it is the same on every run.</summary>
    public async Task ReadAsync(IEnumerable<Delivery> arrived, AnswerDraws draws, DateTimeOffset now, CancellationToken cancellation)
    {
        foreach (var delivery in arrived.OrderBy(one => one.CustomerId).ThenBy(one => one.Journey, StringComparer.Ordinal)
            .ThenBy(one => one.StepId, StringComparer.Ordinal).ThenBy(one => one.Occurrence))
        {
            var step = (delivery.CustomerId, delivery.Journey, delivery.StepId);
            var number = _numbers[step] = _numbers.GetValueOrDefault(step) + 1;
            var survey = await SurveyOfAsync(delivery, cancellation);
            var drawn = draws.Of(delivery.CustomerId, delivery.Journey, delivery.StepId, number, survey, delivery.Purpose);
            if (drawn.AnswersAfter is { } answers)
                _planned.Enqueue(new Act(delivery, drawn.Score, Leaves: false), now + answers);
            if (drawn.LeavesAfter is { } leaves)
                _planned.Enqueue(new Act(delivery, 0, Leaves: true), now + leaves);
        }
    }

    /// <summary>Lets them do what is due: each customer's acts in their order, those of different customers side by side.</summary>
    public async Task ActAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var due = new List<Act>();
        while (_planned.TryPeek(out _, out var at) && at <= now)
            due.Add(_planned.Dequeue());
        if (due.Count > 0)
            await Task.WhenAll(due.GroupBy(act => act.Message.CustomerId).Select(acts => ActAsync(acts, cancellation)));
    }

    private async Task ActAsync(IEnumerable<Act> acts, CancellationToken cancellation)
    {
        foreach (var act in acts)
        {
            var done = act.Leaves ? await LeaveAsync(act.Message, cancellation) : await AnswerAsync(act, cancellation);
            lock (_planned)
            {
                Answers += done && !act.Leaves ? 1 : 0;
                Withdrawals += done && act.Leaves ? 1 : 0;
            }
        }
    }

    private async Task<bool> AnswerAsync(Act act, CancellationToken cancellation)
    {
        var token = TokenOf(links.Survey(act.Message.InvitationId!.Value));
        var outcome = await surveys.AnswerAsync(token, new SurveyAnswer(act.Score, "", "en"), cancellation);
        return outcome.Result == AnswerResult.Recorded;
    }

    private async Task<bool> LeaveAsync(Delivery message, CancellationToken cancellation)
    {
        var token = TokenOf(links.Unsubscribe(message.CustomerId, message.SentVia ?? Channel.Email, message.Purpose));
        return await unsubscribes.WithdrawAsync(token, "one-click unsubscribe", cancellation) is { State: ConsentState.Withdrawn };
    }

    private async Task<Survey?> SurveyOfAsync(Delivery delivery, CancellationToken cancellation) =>
        delivery.InvitationId is { } id && await invitations.FindAsync(id, cancellation) is { } found ? content.Survey(found.Invitation.Survey) : null;

    private static string TokenOf(string link) => link[(link.LastIndexOf('/') + 1)..];

    private sealed record Act(Delivery Message, int Score, bool Leaves);
}
