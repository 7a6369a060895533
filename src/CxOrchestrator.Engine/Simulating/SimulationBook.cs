using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.Simulating;

namespace CxOrchestrator.Engine.Simulating;

/// <summary>Writes down what happens in a simulation.</summary>
public sealed class SimulationBook(ISimulatedStore store, SimulatedEvents events, SimulatedPeople people, SimulationTerms terms)
{
    private readonly List<SimulatedSend> _sends = [];
    private readonly Dictionary<(string Journey, int Version, string Step), long> _most = [];
    private DateTimeOffset _lookAgain = terms.From;

    /// <summary>Messages that customers got, in order of time.</summary>
    public IReadOnlyList<SimulatedSend> Sends => _sends;

    /// <summary>Messages that nobody got, with the reason.</summary>
    public IReadOnlyList<UnsentMessage> Unsent { get; private set; } = [];

    /// <summary>Where people stand at the end, and where they ended.</summary>
    public IReadOnlyList<StepStanding> Standing { get; private set; } = [];

    /// <summary>The most people who stood at a step at once, as looked at once a day.</summary>
    public IReadOnlyDictionary<(string Journey, int Version, string Step), long> Most => _most;

    /// <summary>Events that were taken in.</summary>
    public long Events => events.Taken;

    /// <summary>Why events were not taken in, and how often.</summary>
    public IReadOnlyDictionary<string, long> Refusals => events.Refusals;

    /// <summary>Answers that were given.</summary>
    public long Answers => people.Answers;

    /// <summary>Consents that were withdrawn.</summary>
    public long Withdrawals => people.Withdrawals;

    /// <summary>Messages that connections have taken.</summary>
    internal void Sent(IReadOnlyList<SentKey> sent, IReadOnlyDictionary<Guid, Delivery> rows, DateTimeOffset now) => _sends.AddRange(sent
        .Select(one => (Row: rows[one.Delivery], one.Connection))
        .Select(one => new SimulatedSend(
            one.Row.CustomerId, one.Row.Journey, one.Row.StepId, one.Row.Occurrence, one.Row.Message, one.Row.SentVia!.Value, one.Connection, now))
        .OrderBy(one => one.CustomerId).ThenBy(one => one.Journey, StringComparer.Ordinal).ThenBy(one => one.StepId, StringComparer.Ordinal).ThenBy(one => one.Occurrence));

    /// <summary>Looks, once a day, where people stand.</summary>
    internal async Task LookAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        if (now < _lookAgain)
            return;
        _lookAgain = now + TimeSpan.FromDays(1);
        Note(await store.StandingAsync(null, cancellation));
    }

    /// <summary>Looks at what is left at the end.</summary>
    internal async Task CloseAsync(CancellationToken cancellation)
    {
        Standing = await store.StandingAsync(terms.From, cancellation);
        Note(Standing);
        Unsent = await store.UnsentAsync(terms.From, cancellation);
    }

    private void Note(IEnumerable<StepStanding> standing)
    {
        foreach (var step in standing)
            _most[(step.Journey, step.Version, step.StepId)] = Math.Max(step.Active, _most.GetValueOrDefault((step.Journey, step.Version, step.StepId)));
    }
}
