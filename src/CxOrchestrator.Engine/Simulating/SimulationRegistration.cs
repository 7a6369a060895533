using CxOrchestrator.Core;
using CxOrchestrator.Core.Connections;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Links;
using CxOrchestrator.Core.Settings;
using CxOrchestrator.Core.Simulating;
using CxOrchestrator.Core.Surveys;
using CxOrchestrator.Engine.Schedules;
using Microsoft.Extensions.DependencyInjection;

namespace CxOrchestrator.Engine.Simulating;

/// <summary>Registers a simulation.</summary>
public static class SimulationRegistration
{
    // One process, one clock that stands still meanwhile: large batches, and as many messages at once as may be.
    private const int Batch = 2_000;
    private const int AtOnce = 256;

    /// <summary>
    /// The engine of an installation with its settings, on a clock that leaps, with connections that only write down. Needs a scratch store and logging. Links are
    /// signed with a key of no meaning: they lead nowhere.
    /// </summary>
    /// <param name="services">Where to register.</param>
    /// <param name="settings">The installation's settings.</param>
    /// <param name="terms">What is simulated.</param>
    /// <param name="connections">The installation's connections.</param>
    /// <param name="segments">Who is in the CRM's segments.</param>
    /// <param name="events">What happens.</param>
    public static IServiceCollection AddSimulation(
        this IServiceCollection services, CoreSettings settings, SimulationTerms terms, SimulatedConnectionSet connections, SegmentMembers segments,
        Func<IServiceProvider, IEventStream> events)
    {
        var sized = settings with { Sending = settings.Sending with { Batch = Batch, Concurrency = AtOnce } };
        var clock = new SimulationClock(terms.From);
        services.AddSingleton(terms).AddSingleton(sized).AddSingleton(clock).AddSingleton(new Clocks(clock, clock));
        services.AddSingleton(new CustomerLinks(new LinkSigner(new byte[LinkSigner.KeyLength]), sized));
        services.AddSingleton(ContentRules.Of(sized, CronCheck.Fault)).AddSingleton<Publisher>().AddSingleton<IPublishedContent, ContentCatalog>();
        var recording = new SimulatedConnections(connections, segments);
        services.AddSingleton(recording).AddSingleton<IConnections>(recording);
        // Segments are the same throughout: one reading says who came since the last real one.
        services.AddEngine(new EngineOptions { Node = "simulation", EventBatch = Batch, WalkBatch = Batch, CampaignPage = Batch, IntakeGroup = Batch, CaseBatch = Batch, MomentPage = Batch, SegmentEvery = TimeSpan.FromDays(3_650) });
        services.AddSingleton<SurveyDesk>().AddSingleton<UnsubscribeDesk>();
        services.AddSingleton(events).AddSingleton<SimulatedEvents>().AddSingleton<SimulatedPeople>().AddSingleton<SimulatedSchedules>();
        services.AddSingleton<SimulationBook>().AddSingleton<ISimulation, Simulation>();
        return services;
    }
}
