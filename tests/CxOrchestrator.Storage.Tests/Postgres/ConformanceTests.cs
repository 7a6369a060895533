using CxOrchestrator.Core.Simulating;
using CxOrchestrator.Storage.Conformance;
using CxOrchestrator.Storage.Conformance.Attention;
using CxOrchestrator.Storage.Conformance.Books;
using CxOrchestrator.Storage.Conformance.Cases;
using CxOrchestrator.Storage.Conformance.Connections;
using CxOrchestrator.Storage.Conformance.Consent;
using CxOrchestrator.Storage.Conformance.Content;
using CxOrchestrator.Storage.Conformance.Customers;
using CxOrchestrator.Storage.Conformance.Doctor;
using CxOrchestrator.Storage.Conformance.Enrolments;
using CxOrchestrator.Storage.Conformance.Errands;
using CxOrchestrator.Storage.Conformance.Events;
using CxOrchestrator.Storage.Conformance.Experiments;
using CxOrchestrator.Storage.Conformance.Explaining;
using CxOrchestrator.Storage.Conformance.Ledger;
using CxOrchestrator.Storage.Conformance.Marks;
using CxOrchestrator.Storage.Conformance.Moments;
using CxOrchestrator.Storage.Conformance.Nodes;
using CxOrchestrator.Storage.Conformance.Publishing;
using CxOrchestrator.Storage.Conformance.Retention;
using CxOrchestrator.Storage.Conformance.Schema;
using CxOrchestrator.Storage.Conformance.Segments;
using CxOrchestrator.Storage.Conformance.Simulating;
using CxOrchestrator.Storage.Conformance.Surveys;
using CxOrchestrator.Storage.Conformance.Timeline;
using CxOrchestrator.Storage.Conformance.Work;
using CxOrchestrator.Storage.Conformance.WriteBacks;

namespace CxOrchestrator.Storage.Tests.Postgres;

// PostgreSQL passes every suite.
public sealed class PgEventStoreTests : EventStoreConformance
{
    protected override Task<OpenStore> OpenAsync() => PgStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => PgStores.OpenAgainAsync(first);
}

public sealed class PgCustomerStoreTests : CustomerStoreConformance
{
    protected override Task<OpenStore> OpenAsync() => PgStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => PgStores.OpenAgainAsync(first);
}

public sealed class PgConsentStoreTests : ConsentStoreConformance
{
    protected override Task<OpenStore> OpenAsync() => PgStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => PgStores.OpenAgainAsync(first);
}

public sealed class PgEnrolmentStoreTests : EnrolmentStoreConformance
{
    protected override Task<OpenStore> OpenAsync() => PgStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => PgStores.OpenAgainAsync(first);
}

public sealed class PgPublicationStoreTests : PublicationStoreConformance
{
    protected override Task<OpenStore> OpenAsync() => PgStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => PgStores.OpenAgainAsync(first);
}

public sealed class PgJourneyStateStoreTests : JourneyStateStoreConformance
{
    protected override Task<OpenStore> OpenAsync() => PgStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => PgStores.OpenAgainAsync(first);
}

public sealed class PgWorkTests : WorkConformance
{
    protected override Task<OpenStore> OpenAsync() => PgStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => PgStores.OpenAgainAsync(first);
}

public sealed class PgWalkTests : WalkConformance
{
    protected override Task<OpenStore> OpenAsync() => PgStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => PgStores.OpenAgainAsync(first);
}

public sealed class PgReentryTests : ReentryConformance
{
    protected override Task<OpenStore> OpenAsync() => PgStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => PgStores.OpenAgainAsync(first);
}

public sealed class PgLedgerTests : LedgerConformance
{
    protected override Task<OpenStore> OpenAsync() => PgStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => PgStores.OpenAgainAsync(first);
}

public sealed class PgLedgerRecoveryTests : LedgerRecoveryConformance
{
    protected override Task<OpenStore> OpenAsync() => PgStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => PgStores.OpenAgainAsync(first);
}

public sealed class PgSurveyStoreTests : SurveyStoreConformance
{
    protected override Task<OpenStore> OpenAsync() => PgStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => PgStores.OpenAgainAsync(first);
}

public sealed class PgCaseStoreTests : CaseStoreConformance
{
    protected override Task<OpenStore> OpenAsync() => PgStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => PgStores.OpenAgainAsync(first);
}

public sealed class PgWriteBackStoreTests : WriteBackStoreConformance
{
    protected override Task<OpenStore> OpenAsync() => PgStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => PgStores.OpenAgainAsync(first);
}

public sealed class PgContentStoreTests : ContentStoreConformance
{
    protected override Task<OpenStore> OpenAsync() => PgStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => PgStores.OpenAgainAsync(first);
}

public sealed class PgMarkStoreTests : MarkStoreConformance
{
    protected override Task<OpenStore> OpenAsync() => PgStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => PgStores.OpenAgainAsync(first);
}

public sealed class PgTimelineStoreTests : TimelineStoreConformance
{
    protected override Task<OpenStore> OpenAsync() => PgStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => PgStores.OpenAgainAsync(first);
}

public sealed class PgBooksStoreTests : BooksStoreConformance
{
    protected override Task<OpenStore> OpenAsync() => PgStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => PgStores.OpenAgainAsync(first);
}

public sealed class PgPluginStateStoreTests : PluginStateStoreConformance
{
    protected override Task<OpenStore> OpenAsync() => PgStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => PgStores.OpenAgainAsync(first);
}

public sealed class PgSchemaTests : SchemaConformance
{
    protected override Task<OpenStore> OpenAsync() => PgStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => PgStores.OpenAgainAsync(first);
}

public sealed class PgErrandStoreTests : ErrandStoreConformance
{
    protected override Task<OpenStore> OpenAsync() => PgStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => PgStores.OpenAgainAsync(first);
}

public sealed class PgLedgerToldTests : LedgerToldConformance
{
    protected override Task<OpenStore> OpenAsync() => PgStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => PgStores.OpenAgainAsync(first);
}

public sealed class PgExplainStoreTests : ExplainStoreConformance
{
    protected override Task<OpenStore> OpenAsync() => PgStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => PgStores.OpenAgainAsync(first);
}

public sealed class PgSymptomStoreTests : SymptomStoreConformance
{
    protected override Task<OpenStore> OpenAsync() => PgStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => PgStores.OpenAgainAsync(first);
}

public sealed class PgTurnStoreTests : TurnStoreConformance
{
    protected override Task<OpenStore> OpenAsync() => PgStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => PgStores.OpenAgainAsync(first);
}

public sealed class PgRetentionStoreTests : RetentionStoreConformance
{
    protected override Task<OpenStore> OpenAsync() => PgStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => PgStores.OpenAgainAsync(first);
}

public sealed class PgAttentionTests : AttentionConformance
{
    protected override Task<OpenStore> OpenAsync() => PgStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => PgStores.OpenAgainAsync(first);
}

public sealed class PgLedgerAnswersTests : LedgerAnswersConformance
{
    protected override Task<OpenStore> OpenAsync() => PgStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => PgStores.OpenAgainAsync(first);
}

public sealed class PgSplitStoreTests : SplitStoreConformance
{
    protected override Task<OpenStore> OpenAsync() => PgStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => PgStores.OpenAgainAsync(first);
}

public sealed class PgSendingFactsTests : SendingFactsConformance
{
    protected override Task<OpenStore> OpenAsync() => PgStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => PgStores.OpenAgainAsync(first);
}

public sealed class PgStoreCopyTests : StoreCopyConformance
{
    protected override Task<OpenStore> OpenAsync() => PgStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => PgStores.OpenAgainAsync(first);

    protected override (OpenStore Store, ISimulatedStore Simulated) OpenCopy(string file) => ScratchStores.Open(file);
}

public sealed class PgMomentStoreTests : MomentStoreConformance
{
    protected override Task<OpenStore> OpenAsync() => PgStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => PgStores.OpenAgainAsync(first);
}

public sealed class PgSegmentStoreTests : SegmentStoreConformance
{
    protected override Task<OpenStore> OpenAsync() => PgStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => PgStores.OpenAgainAsync(first);
}
