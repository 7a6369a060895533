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

namespace CxOrchestrator.Storage.Tests.Sqlite;

// SQLite passes every suite.
public sealed class EventStoreTests : EventStoreConformance
{
    protected override Task<OpenStore> OpenAsync() => SqliteStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => SqliteStores.OpenAgainAsync(first);
}

public sealed class CustomerStoreTests : CustomerStoreConformance
{
    protected override Task<OpenStore> OpenAsync() => SqliteStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => SqliteStores.OpenAgainAsync(first);
}

public sealed class ConsentStoreTests : ConsentStoreConformance
{
    protected override Task<OpenStore> OpenAsync() => SqliteStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => SqliteStores.OpenAgainAsync(first);
}

public sealed class EnrolmentStoreTests : EnrolmentStoreConformance
{
    protected override Task<OpenStore> OpenAsync() => SqliteStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => SqliteStores.OpenAgainAsync(first);
}

public sealed class PublicationStoreTests : PublicationStoreConformance
{
    protected override Task<OpenStore> OpenAsync() => SqliteStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => SqliteStores.OpenAgainAsync(first);
}

public sealed class JourneyStateStoreTests : JourneyStateStoreConformance
{
    protected override Task<OpenStore> OpenAsync() => SqliteStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => SqliteStores.OpenAgainAsync(first);
}

public sealed class WorkTests : WorkConformance
{
    protected override Task<OpenStore> OpenAsync() => SqliteStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => SqliteStores.OpenAgainAsync(first);
}

public sealed class WalkTests : WalkConformance
{
    protected override Task<OpenStore> OpenAsync() => SqliteStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => SqliteStores.OpenAgainAsync(first);
}

public sealed class ReentryTests : ReentryConformance
{
    protected override Task<OpenStore> OpenAsync() => SqliteStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => SqliteStores.OpenAgainAsync(first);
}

public sealed class LedgerTests : LedgerConformance
{
    protected override Task<OpenStore> OpenAsync() => SqliteStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => SqliteStores.OpenAgainAsync(first);
}

public sealed class LedgerRecoveryTests : LedgerRecoveryConformance
{
    protected override Task<OpenStore> OpenAsync() => SqliteStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => SqliteStores.OpenAgainAsync(first);
}

public sealed class SurveyStoreTests : SurveyStoreConformance
{
    protected override Task<OpenStore> OpenAsync() => SqliteStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => SqliteStores.OpenAgainAsync(first);
}

public sealed class CaseStoreTests : CaseStoreConformance
{
    protected override Task<OpenStore> OpenAsync() => SqliteStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => SqliteStores.OpenAgainAsync(first);
}

public sealed class WriteBackStoreTests : WriteBackStoreConformance
{
    protected override Task<OpenStore> OpenAsync() => SqliteStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => SqliteStores.OpenAgainAsync(first);
}

public sealed class ContentStoreTests : ContentStoreConformance
{
    protected override Task<OpenStore> OpenAsync() => SqliteStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => SqliteStores.OpenAgainAsync(first);
}

public sealed class MarkStoreTests : MarkStoreConformance
{
    protected override Task<OpenStore> OpenAsync() => SqliteStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => SqliteStores.OpenAgainAsync(first);
}

public sealed class NodeStoreTests : NodeStoreConformance
{
    protected override Task<OpenStore> OpenAsync() => SqliteStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => SqliteStores.OpenAgainAsync(first);
}

public sealed class TimelineStoreTests : TimelineStoreConformance
{
    protected override Task<OpenStore> OpenAsync() => SqliteStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => SqliteStores.OpenAgainAsync(first);
}

public sealed class BooksStoreTests : BooksStoreConformance
{
    protected override Task<OpenStore> OpenAsync() => SqliteStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => SqliteStores.OpenAgainAsync(first);
}

public sealed class PluginStateStoreTests : PluginStateStoreConformance
{
    protected override Task<OpenStore> OpenAsync() => SqliteStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => SqliteStores.OpenAgainAsync(first);
}

public sealed class SchemaTests : SchemaConformance
{
    protected override Task<OpenStore> OpenAsync() => SqliteStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => SqliteStores.OpenAgainAsync(first);
}

public sealed class ErrandStoreTests : ErrandStoreConformance
{
    protected override Task<OpenStore> OpenAsync() => SqliteStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => SqliteStores.OpenAgainAsync(first);
}

public sealed class LedgerToldTests : LedgerToldConformance
{
    protected override Task<OpenStore> OpenAsync() => SqliteStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => SqliteStores.OpenAgainAsync(first);
}

public sealed class ExplainStoreTests : ExplainStoreConformance
{
    protected override Task<OpenStore> OpenAsync() => SqliteStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => SqliteStores.OpenAgainAsync(first);
}

public sealed class SymptomStoreTests : SymptomStoreConformance
{
    protected override Task<OpenStore> OpenAsync() => SqliteStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => SqliteStores.OpenAgainAsync(first);
}

public sealed class TurnStoreTests : TurnStoreConformance
{
    protected override Task<OpenStore> OpenAsync() => SqliteStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => SqliteStores.OpenAgainAsync(first);
}

public sealed class AttentionTests : AttentionConformance
{
    protected override Task<OpenStore> OpenAsync() => SqliteStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => SqliteStores.OpenAgainAsync(first);
}

public sealed class LedgerAnswersTests : LedgerAnswersConformance
{
    protected override Task<OpenStore> OpenAsync() => SqliteStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => SqliteStores.OpenAgainAsync(first);
}

public sealed class RetentionStoreTests : RetentionStoreConformance
{
    protected override Task<OpenStore> OpenAsync() => SqliteStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => SqliteStores.OpenAgainAsync(first);
}

public sealed class SendingFactsTests : SendingFactsConformance
{
    protected override Task<OpenStore> OpenAsync() => SqliteStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => SqliteStores.OpenAgainAsync(first);
}

public sealed class SplitStoreTests : SplitStoreConformance
{
    protected override Task<OpenStore> OpenAsync() => SqliteStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => SqliteStores.OpenAgainAsync(first);
}

public sealed class SqliteStoreCopyTests : StoreCopyConformance
{
    protected override Task<OpenStore> OpenAsync() => SqliteStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => SqliteStores.OpenAgainAsync(first);

    protected override (OpenStore Store, ISimulatedStore Simulated) OpenCopy(string file) => ScratchStores.Open(file);
}

public sealed class MomentStoreTests : MomentStoreConformance
{
    protected override Task<OpenStore> OpenAsync() => SqliteStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => SqliteStores.OpenAgainAsync(first);
}

public sealed class SegmentStoreTests : SegmentStoreConformance
{
    protected override Task<OpenStore> OpenAsync() => SqliteStores.OpenAsync();

    protected override Task<OpenStore> OpenAgainAsync(OpenStore first) => SqliteStores.OpenAgainAsync(first);
}
