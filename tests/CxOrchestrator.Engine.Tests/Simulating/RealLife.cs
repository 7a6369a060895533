using System.Text.RegularExpressions;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.Links;
using CxOrchestrator.Core.Simulating;
using CxOrchestrator.Core.Surveys;
using CxOrchestrator.Engine.Tests.Worlds;

namespace CxOrchestrator.Engine.Tests.Simulating;

/// <summary>
/// The real engine on the real store, all of its passes, with connectors that keep what they were given: time is sped up by looking every so often. Customers
/// read their messages and answer by the links in them.
/// </summary>
public sealed partial class RealLife(World world, IReadOnlyList<IncomingEvent> events, AnswerDraws draws)
{
    private readonly SurveyDesk _surveys = new(
        world.Get<ISurveyStore>(), world.Get<ICustomerStore>(), world.Get<IPublishedContent>(), world.Get<CustomerLinks>(), world.Settings, world.Get<Clocks>());

    private readonly UnsubscribeDesk _leaving = new(
        world.Get<ICustomerStore>(), world.Get<IConsentStore>(), world.Get<IWork>(), world.Get<CustomerLinks>(), world.Get<Clocks>());

    private readonly PriorityQueue<Func<Task>, DateTimeOffset> _planned = new();
    private readonly Dictionary<(Guid, string, string), int> _numbers = [];
    private int _told;

    /// <summary>What left, in order.</summary>
    public List<SimulatedSend> Sends { get; } = [];

    /// <summary>Lets time pass up to a moment, looking so often.</summary>
    public async Task LiveAsync(DateTimeOffset to, TimeSpan step)
    {
        for (var now = world.Now; now <= to; now += step)
        {
            world.CustomerClock.AdvanceTo(now);
            world.MachineClock.AdvanceTo(now);
            var due = events.Skip(_told).TakeWhile(one => one.Time <= now).ToList();
            _told += due.Count;
            Assert.All(await world.Get<IEventIntake>().AcceptAsync(due, allOrNone: false, CancellationToken.None), result => Assert.Equal(IntakeOutcome.Stored, result.Outcome));
            while (_planned.TryPeek(out _, out var at) && at <= now)
                await _planned.Dequeue()();
            await world.RunAsync();
            await ReadAsync(now);
        }
    }

    private async Task ReadAsync(DateTimeOffset now)
    {
        var texts = world.Fake.Emails.Select(mail => (mail.Key, mail.Text)).Concat(world.Fake.Texts.Select(text => (text.Key, text.Text)))
            .ToDictionary(pair => Guid.ParseExact(pair.Key, "N"), pair => pair.Text);
        world.Fake.Emails.Clear();
        world.Fake.Texts.Clear();
        var rows = await world.Get<ILedger>().GetAsync(texts.Keys, CancellationToken.None);
        foreach (var row in rows.Values.OrderBy(row => row.CustomerId).ThenBy(row => row.Journey, StringComparer.Ordinal).ThenBy(row => row.StepId, StringComparer.Ordinal).ThenBy(row => row.Occurrence))
        {
            Sends.Add(new SimulatedSend(row.CustomerId, row.Journey, row.StepId, row.Occurrence, row.Message, row.SentVia!.Value, row.Connection!, row.ChangedAt));
            Assert.Equal(now, row.ChangedAt);
            var key = (row.CustomerId, row.Journey, row.StepId);
            var number = _numbers[key] = _numbers.GetValueOrDefault(key) + 1;
            var link = SurveyLink().Match(texts[row.Id]);
            var survey = link.Success ? world.Get<IPublishedContent>().Survey("nps") : null;
            var drawn = draws.Of(row.CustomerId, row.Journey, row.StepId, number, survey, row.Purpose);
            if (drawn.AnswersAfter is { } after)
                _planned.Enqueue(() => _surveys.AnswerAsync(link.Groups[1].Value, new SurveyAnswer(drawn.Score, "", "en"), CancellationToken.None), now + after);
            if (drawn.LeavesAfter is { } leaves)
                _planned.Enqueue(() => _leaving.WithdrawAsync(Last(world.Get<CustomerLinks>().Unsubscribe(row.CustomerId, row.SentVia.Value, row.Purpose)), "one-click unsubscribe", CancellationToken.None), now + leaves);
        }
    }

    private static string Last(string link) => link[(link.LastIndexOf('/') + 1)..];

    [GeneratedRegex(@"/s/([A-Za-z0-9_-]+)")]
    private static partial Regex SurveyLink();
}
