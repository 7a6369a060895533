using CxOrchestrator.Core;
using CxOrchestrator.Core.Attention;
using CxOrchestrator.Core.Books;
using CxOrchestrator.Core.Cases;
using CxOrchestrator.Core.Connections;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Doctor;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Errands;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Experiments;
using CxOrchestrator.Core.Explaining;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.Moments;
using CxOrchestrator.Core.Nodes;
using CxOrchestrator.Core.Publishing;
using CxOrchestrator.Core.Retention;
using CxOrchestrator.Core.Segments;
using CxOrchestrator.Core.Simulating;
using CxOrchestrator.Core.Surveys;
using CxOrchestrator.Core.Timeline;
using CxOrchestrator.Core.WriteBacks;
using Microsoft.Extensions.DependencyInjection;

namespace CxOrchestrator.Storage.Conformance;

/// <summary>A store under test, as one process sees it.</summary>
/// <param name="services">Has all store interfaces registered.</param>
/// <param name="close">Closes the store and removes what it left.</param>
public sealed class OpenStore(IServiceProvider services, Func<ValueTask> close) : IAsyncDisposable
{
    /// <summary>The schema.</summary>
    public ISchema Schema => services.GetRequiredService<ISchema>();

    /// <summary>Small durable values.</summary>
    public IMarkStore Marks => services.GetRequiredService<IMarkStore>();

    /// <summary>Turns at work that one node at a time does.</summary>
    public ITurnStore Turns => services.GetRequiredService<ITurnStore>();

    /// <summary>The nodes that share it.</summary>
    public INodeStore Nodes => services.GetRequiredService<INodeStore>();

    /// <summary>Commits effects.</summary>
    public IWork Work => services.GetRequiredService<IWork>();

    /// <summary>Customers.</summary>
    public ICustomerStore Customers => services.GetRequiredService<ICustomerStore>();

    /// <summary>Consent.</summary>
    public IConsentStore Consents => services.GetRequiredService<IConsentStore>();

    /// <summary>Events.</summary>
    public IEventStore Events => services.GetRequiredService<IEventStore>();

    /// <summary>Enrolments.</summary>
    public IEnrolmentStore Enrolments => services.GetRequiredService<IEnrolmentStore>();

    /// <summary>The contact ledger.</summary>
    public ILedger Ledger => services.GetRequiredService<ILedger>();

    /// <summary>What decisions to send stand on.</summary>
    public ISendingFactStore SendingFacts => services.GetRequiredService<ISendingFactStore>();

    /// <summary>What attention budgets stand on.</summary>
    public IAttentionStore Attention => services.GetRequiredService<IAttentionStore>();

    /// <summary>Invitations and responses.</summary>
    public ISurveyStore Surveys => services.GetRequiredService<ISurveyStore>();

    /// <summary>Cases.</summary>
    public ICaseStore Cases => services.GetRequiredService<ICaseStore>();

    /// <summary>Errands.</summary>
    public IErrandStore Errands => services.GetRequiredService<IErrandStore>();

    /// <summary>Write-backs.</summary>
    public IWriteBackStore WriteBacks => services.GetRequiredService<IWriteBackStore>();

    /// <summary>Published content.</summary>
    public IContentStore Content => services.GetRequiredService<IContentStore>();

    /// <summary>Publications of journeys.</summary>
    public IPublicationStore Publications => services.GetRequiredService<IPublicationStore>();

    /// <summary>How journeys stand.</summary>
    public IJourneyStateStore States => services.GetRequiredService<IJourneyStateStore>();

    /// <summary>The timeline.</summary>
    public ITimelineStore Timeline => services.GetRequiredService<ITimelineStore>();

    /// <summary>The books.</summary>
    public IBooksStore Books => services.GetRequiredService<IBooksStore>();

    /// <summary>What explanations stand on.</summary>
    public IExplainStore Explain => services.GetRequiredService<IExplainStore>();

    /// <summary>What is wrong.</summary>
    public ISymptomStore Symptoms => services.GetRequiredService<ISymptomStore>();

    /// <summary>Lets go of what is old.</summary>
    public IRetentionStore Retention => services.GetRequiredService<IRetentionStore>();

    /// <summary>Splits.</summary>
    public ISplitStore Splits => services.GetRequiredService<ISplitStore>();

    /// <summary>Moments.</summary>
    public IMomentStore Moments => services.GetRequiredService<IMomentStore>();

    /// <summary>Watched segments.</summary>
    public ISegmentStore Segments => services.GetRequiredService<ISegmentStore>();

    /// <summary>Copies it.</summary>
    public IStoreCopy Copies => services.GetRequiredService<IStoreCopy>();

    /// <summary>How customers have answered.</summary>
    public IAnswerHistory Answers => services.GetRequiredService<IAnswerHistory>();

    /// <summary>States of plugins and connections.</summary>
    public IPluginStateStore PluginStates => services.GetRequiredService<IPluginStateStore>();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => close();
}
