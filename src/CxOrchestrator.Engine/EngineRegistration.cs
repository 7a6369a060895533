using CxOrchestrator.Core;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Doctor;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Explaining;
using CxOrchestrator.Core.Nodes;
using CxOrchestrator.Core.Publishing;
using CxOrchestrator.Engine.Attention;
using CxOrchestrator.Engine.Cases;
using CxOrchestrator.Engine.Crm;
using CxOrchestrator.Engine.Dispatch;
using CxOrchestrator.Engine.Doctor;
using CxOrchestrator.Engine.Errands;
using CxOrchestrator.Engine.Experiments;
using CxOrchestrator.Engine.Explaining;
using CxOrchestrator.Engine.Import;
using CxOrchestrator.Engine.Inbound;
using CxOrchestrator.Engine.Intake;
using CxOrchestrator.Engine.Moments;
using CxOrchestrator.Engine.Polling;
using CxOrchestrator.Engine.Publishing;
using CxOrchestrator.Engine.Retention;
using CxOrchestrator.Engine.Running;
using CxOrchestrator.Engine.Schedules;
using CxOrchestrator.Engine.Segments;
using CxOrchestrator.Engine.Times;
using CxOrchestrator.Engine.Triggers;
using CxOrchestrator.Engine.Walking;
using CxOrchestrator.Engine.WriteBacks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace CxOrchestrator.Engine;

/// <summary>Registers the engine.</summary>
public static class EngineRegistration
{
    /// <summary>
    /// Everything that takes in events, walks journeys, sends and writes back, ready to be pumped by hand (<see cref="EnginePump"/>). Needs the stores,
    /// the content, the connections, <c>Clocks</c>, <c>CoreSettings</c> <c>CustomerLinks</c> and logging.
    /// </summary>
    public static IServiceCollection AddEngine(this IServiceCollection services, EngineOptions? options = null)
    {
        options ??= new EngineOptions();
        services.AddSingleton(options).AddSingleton<LaneTurns>();
        services.AddSingleton<EngineNode>().AddSingleton<NodeHeart>().AddSingleton<Turns>().AddSingleton<Nudges>().AddSingleton<PollHints>().AddSingleton<CustomerTime>().AddSingleton<Pace>();
        services.TryAddSingleton<NodeShare>();
        services.AddSingleton<EventTypeList>().AddSingleton<GroupCommit>().AddSingleton<IEventIntake, EventIntake>();
        services.AddSingleton<EntryRule>().AddSingleton<TriggerRule>().AddSingleton<ActiveRule>().AddSingleton<EventWave>();
        services.AddSingleton<SplitResults>().AddSingleton<SplitWinners>().AddSingleton<SplitWatch>().AddSingleton<SplitRun>();
        services.AddSingleton<WalkFacts>().AddSingleton<WaitForRun>().AddSingleton<SendRun>().AddSingleton<OpenCaseRun>().AddSingleton<Walker>().AddSingleton<WalkGuard>();
        services.AddSingleton<AttentionDesk>().AddSingleton<SendHoursRule>().AddSingleton<SendDecider>().AddSingleton<DispatchDecisions>().AddSingleton<Composer>().AddSingleton<SendCall>().AddSingleton<HandOvers>().AddSingleton<SendRelays>().AddSingleton<HonouredKeys>();
        services.AddSingleton<IPass, EventPass>();
        foreach (var channel in Enum.GetValues<Channel>())
            services.AddSingleton<IPass>(provider => ActivatorUtilities.CreateInstance<DispatchPass>(provider, channel));
        for (var loop = 0; loop < options.WalkLoops; loop++)
            services.AddSingleton<IPass, WalkPass>();
        services.AddSingleton<IPass, CasePass>().AddSingleton<IPass, WriteBackPass>().AddSingleton<IPass, RecoveryPass>().AddSingleton<IPass, RetentionPass>();
        services.AddSingleton<Recognition>().AddSingleton<IConnectorIntake, ConnectorIntake>().AddSingleton<FactStores>();
        services.AddSingleton<CrmDrafts>().AddSingleton<CrmPeople>().AddSingleton<CaseFollowing>().AddSingleton<ErrandCall>();
        services.AddSingleton<IErrandRun, ReadPersonRun>().AddSingleton<IErrandRun, ReadTicketRun>().AddSingleton<IErrandRun, CommentRun>();
        services.AddSingleton<IPass, CrmSyncPass>().AddSingleton<IPass, TicketSyncPass>().AddSingleton<IPass, ErrandPass>().AddSingleton<IPass, LookUpPass>();
        services.AddSingleton<SegmentPages>().AddSingleton<CampaignRun>().AddSingleton<IPass, CampaignPass>().AddSingleton<IPass, PollPass>();
        services.AddSingleton<WatchedFields>().AddSingleton<MomentRule>().AddSingleton<MomentPlans>().AddSingleton<SilenceWatch>().AddSingleton<IPass, MomentPass>();
        services.AddSingleton<SegmentReading>().AddSingleton<SegmentStart>().AddSingleton<IPass, SegmentPass>();
        services.AddSingleton<Settlement>().AddSingleton<EventFileImport>().AddSingleton<CustomerFileImport>().AddSingleton<EnginePump>();
        services.AddSingleton<Placing>().AddSingleton<PeopleMover>().AddSingleton<JourneyPlans>().AddSingleton<JourneyStates>().AddSingleton<JourneyControl>().AddSingleton<StateSweep>().AddSingleton<IPass, PublishPass>();
        services.AddSingleton(provider => new JourneyPublisher(
            provider.GetRequiredService<IPublicationStore>(), provider.GetRequiredService<IContentStore>(), provider.GetRequiredService<JourneyPlans>(),
            provider.GetRequiredService<PeopleMover>(), provider.GetRequiredService<ContentRules>(), provider.GetRequiredService<Clocks>()));
        services.AddSingleton<IExplainer, Explainer>();
        services.AddSingleton<NodeExam>().AddSingleton<CalendarExam>().AddSingleton<JourneyExam>().AddSingleton<TriggerExam>().AddSingleton<StandstillExam>().AddSingleton<MessageExam>().AddSingleton<AttentionExam>().AddSingleton<IDoctor, Doctor.Doctor>();
        return services;
    }

    /// <summary>Runs the loops and the schedules with the host.</summary>
    public static IServiceCollection AddEngineLoops(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, EngineHost>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, QuartzClock>());
        return services;
    }
}
