using System.Globalization;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Core.Settings;
using CxOrchestrator.Core.Simulating;
using CxOrchestrator.Engine.Simulating;
using CxOrchestrator.Host.Composition;
using CxOrchestrator.Plugins;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Host.Simulating;

/// <summary>
/// Runs a simulation of an installation: copies its store, publishes the files in the copy, lets the time go by, and does the same beside it with what is in
/// force. Of the installation itself nothing is written, and nobody whom it is connected with is called.
/// </summary>
internal sealed class SimulationRun(IServiceProvider installation, SimulationOrder order) : IAsyncDisposable
{
    // What caps, silence and rates may look back on.
    private static readonly TimeSpan LookBack = TimeSpan.FromDays(400);

    private readonly string _folder = Directory.CreateTempSubdirectory("cxo-simulate-").FullName;
    private readonly SimulatedConnectionSet _connections = installation.GetRequiredService<PluginHost>().Outline();
    private readonly List<string> _notes = [];
    private IReadOnlyDictionary<string, KnownSegment> _known = new Dictionary<string, KnownSegment>();

    /// <summary>The future that was simulated, for as long as this lives.</summary>
    public SimulatedWorld? World { get; private set; }

    /// <summary>What was written down in it.</summary>
    public SimulationBook? Book { get; private set; }

    /// <summary>Runs it.</summary>
    /// <param name="progress">Told how far each run has come.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="UserException">Something is wrong with the order.</exception>
    public async Task<SimulationReport> RunAsync(ISimulationProgress progress, CancellationToken cancellation)
    {
        var inputs = new SimulatedInputs(installation, order);
        var begin = order.From ?? installation.GetRequiredService<Clocks>().Now;
        var terms = new SimulationTerms { From = begin, To = begin.AddDays(order.Days), Step = order.Step, Seed = order.Seed };
        terms = terms with { From = terms.LookAt(begin) };
        var (rates, source) = await inputs.RatesAsync(begin, cancellation);
        terms = terms with { Rates = rates };
        var given = await inputs.GivenEventsAsync(cancellation);
        var customers = await inputs.CustomersAsync(cancellation);
        var crm = new SimulatedConnections(_connections, SegmentMembers.None).For(Capability.CrmReader)?.Name;
        _known = await new SimulatedSegments(installation).ReadAsync(order.Segments, crm, customers, cancellation);
        var segments = new SegmentMembers(_known.ToDictionary(one => one.Key, one => one.Value.Ids, StringComparer.Ordinal));

        progress.Copying();
        var copy = Path.Combine(_folder, "next.db");
        await installation.GetRequiredService<IStoreCopy>().CopyAsync(copy, new CopyScope(begin - LookBack, customers), cancellation);
        var liveCopy = Path.Combine(_folder, "live.db");
        if (order.Compares && order.Files.Count > 0)
            File.Copy(copy, liveCopy);

        World = await OpenAsync(copy, terms, segments, given, cancellation);
        var (journeys, compares) = await PublishAsync(World, cancellation);
        Check(World.Content);
        await using var live = compares ? await OpenAsync(liveCopy, terms, segments, given, cancellation) : null;
        var next = Task.Run(() => World.RunAsync(progress.Of(terms, live is null ? "" : "as the file has it"), cancellation), cancellation);
        var before = live is null ? null : Task.Run(() => live.RunAsync(progress.Of(terms, "as it is in force"), cancellation), cancellation);
        Book = await next;
        var liveBook = before is null ? null : await before;
        Note(terms, source, Book);
        return await ReportAsync(terms, journeys, Book, liveBook, cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (World is not null)
            await World.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<SimulatedWorld> OpenAsync(
        string copy, SimulationTerms terms, SegmentMembers segments, IReadOnlyList<IncomingEvent>? given, CancellationToken cancellation)
    {
        var replays = given is null && !string.Equals(order.Events, "none", StringComparison.OrdinalIgnoreCase);
        var world = await SimulatedWorld.OpenAsync(
            copy,
            services => services.AddSimulation(
                installation.GetRequiredService<CoreSettings>(), terms, _connections, segments,
                provider => replays ? new ReplayedEvents(provider.GetRequiredService<ISimulatedStore>(), terms.From, terms.To)
                    : given is null ? GivenEvents.None : new GivenEvents(given, terms.From, terms.To)),
            cancellation);
        if (replays)
            await world.Services.GetRequiredService<ISimulatedStore>().FreeRecordSlotsAsync(cancellation);
        return world;
    }

    // Compared where a version is in force that isn't the file's.
    private async Task<(IReadOnlyList<string> Journeys, bool Compares)> PublishAsync(SimulatedWorld world, CancellationToken cancellation)
    {
        var (journeys, differs) = (new List<string>(), false);
        foreach (var file in order.Files)
        {
            var plan = await world.PublishAsync(file, cancellation);
            journeys.Add(plan.Journey);
            differs |= plan.BaseVersion > 0 && plan.Any;
            if (plan.BaseVersion == 0)
                _notes.Add($"{plan.Journey} is not published yet, so there is nothing to compare it with.");
            else if (!plan.Any)
                _notes.Add($"{plan.Journey}: the file is version {plan.BaseVersion}, which is in force.");
        }

        if (world.Content.Journeys.Count == 0)
            throw new UserException("No journey is published: name a journey's file, or publish first (cxo journeys publish).");
        return (journeys, differs && order.Compares);
    }

    private void Check(IPublishedContent content)
    {
        var missing = content.Journeys.Values.Select(journey => (journey.Key, Segment: SegmentOf(journey.Trigger))).Where(one => one.Segment is not null && !_known.ContainsKey(one.Segment))
            .Select(one => $"{one.Key} begins for the segment {one.Segment} of the CRM").Order(StringComparer.Ordinal).ToList();
        if (missing.Count > 0)
        {
            throw new UserException(
                $"{string.Join("; ", missing)}. A simulation calls nobody, and who is in it is kept here only where a published journey begins with somebody who enters or leaves it, once the "
                + "CRM was read. So say who is in it: --segment NAME=FILE, a file with an id of the CRM on each line (an empty file for nobody).");
        }
    }

    private static string? SegmentOf(Trigger trigger) => trigger switch
    {
        ScheduleTrigger schedule => schedule.Segment,
        SegmentTrigger change => change.Segment,
        _ => null,
    };

    private void Note(SimulationTerms terms, string source, SimulationBook book)
    {
        var shift = new ReplayedEvents(World!.Services.GetRequiredService<ISimulatedStore>(), terms.From, terms.To).Shift;
        _notes.Add(order.Events.ToLowerInvariant() switch
        {
            "replay" => string.Create(CultureInfo.InvariantCulture, $"Events: those of {terms.From - shift:yyyy-MM-dd} to {terms.To - shift:yyyy-MM-dd} come again {shift.TotalDays:0} days later, so that weekdays stay."),
            "none" => "Events: none happens.",
            _ => $"Events: those of {order.Events}.",
        });
        foreach (var (reason, times) in book.Refusals)
            _notes.Add(string.Create(CultureInfo.InvariantCulture, $"{times:N0} events were not taken in: {reason}"));
        foreach (var segment in World.Content.Journeys.Values.Select(journey => SegmentOf(journey.Trigger)).OfType<string>().Distinct().Order(StringComparer.Ordinal))
            _notes.Add($"Segment {segment}: {_known[segment].Source}.");
        _notes.Add($"Answers: {source}.");
        foreach (var survey in World.Content.Journeys.Values.SelectMany(journey => journey.Steps).OfType<SendStep>().Select(step => step.Survey).OfType<string>().Distinct().Order(StringComparer.Ordinal))
        {
            if (World.Content.Survey(survey) is not { } known)
                continue;
            var rates = terms.Rates.Of(known);
            var assumed = terms.Rates.Surveys.ContainsKey(survey) || terms.Rates.AssumesNothing ? "" : ", assumed, because there is no history of it; say it with --rate";
            _notes.Add(string.Create(CultureInfo.InvariantCulture, $"  {survey}: {rates.Answered:0.#%} of messages are answered{assumed}"));
        }

        if (terms.Step > TimeSpan.Zero)
            _notes.Add(string.Create(CultureInfo.InvariantCulture, $"Times: what is due is looked for every {terms.Step.TotalMinutes:0.#} minutes; --step 0 looks at the second, and takes longer."));
        _notes.Add("Every message is accepted, and nobody opens or bounces one: what waits for that waits in vain.");
    }

    private async Task<SimulationReport> ReportAsync(
        SimulationTerms terms, IReadOnlyList<string> journeys, SimulationBook book, SimulationBook? live, CancellationToken cancellation)
    {
        var steps = new Dictionary<(string, int), IReadOnlyList<string>>();
        foreach (var (key, version) in book.Standing.Select(one => (one.Journey, one.Version)).Concat(book.Most.Keys.Select(key => (key.Journey, key.Version))).Distinct())
            steps[(key, version)] = (await World!.Content.JourneyAsync(key, version, cancellation))?.Steps.Select(step => step.Id).ToList() ?? [];
        return new SimulationReport
        {
            Journeys = journeys,
            From = terms.From,
            To = terms.To,
            Seed = terms.Seed,
            Customers = await World!.Customers.CountAsync(cancellation),
            Reached = book.Sends.Select(send => send.CustomerId).Distinct().LongCount(),
            Events = book.Events,
            Answers = book.Answers,
            Withdrawals = book.Withdrawals,
            Notes = _notes,
            Messages = SimulationFigures.Messages(book),
            Unsent = SimulationFigures.Unsent(book),
            Steps = SimulationFigures.Steps(book, (key, version) => steps.GetValueOrDefault((key, version), [])),
            Loads = SimulationFigures.Loads(book, terms, _connections),
            Diff = live is null ? null : SimulationDiff.Of(live.Sends, book.Sends, journeys),
        };
    }
}
