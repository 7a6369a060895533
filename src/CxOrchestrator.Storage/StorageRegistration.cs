using CxOrchestrator.Core;
using CxOrchestrator.Core.Attention;
using CxOrchestrator.Core.Books;
using CxOrchestrator.Core.Cases;
using CxOrchestrator.Core.Connections;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Doctor;
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
using CxOrchestrator.Storage.Postgres;
using CxOrchestrator.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace CxOrchestrator.Storage;

/// <summary>Registers the stores.</summary>
public static class StorageRegistration
{
    /// <summary>
    /// All stores over one SQLite file. Nothing is opened before the first use; the file is made by <see cref="ISchema.MigrateAsync"/>,
    /// its folder must exist. Faults of the file are <see cref="StorageException"/>s that name it and say what to do.
    /// </summary>
    /// <param name="services">Where to register.</param>
    /// <param name="file">The database's file.</param>
    public static IServiceCollection AddSqliteStorage(this IServiceCollection services, string file) => services.AddSqlite(file, isScratch: false);

    /// <summary>
    /// All stores over a copy that is thrown away afterwards, and what a simulation asks of it. A commit doesn't wait for the disk.
    /// </summary>
    /// <param name="services">Where to register.</param>
    /// <param name="file">The copy's file.</param>
    public static IServiceCollection AddScratchStorage(this IServiceCollection services, string file) =>
        services.AddSqlite(file, isScratch: true).AddSingleton<ISimulatedStore, SqliteSimulatedStore>();

    private static IServiceCollection AddSqlite(this IServiceCollection services, string file, bool isScratch)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(file);
        services.AddSingleton(_ => new SqliteDatabase(file, isScratch: isScratch));
        services.AddSingleton<IStoreCopy, SqliteStoreCopy>().AddSingleton<IAnswerHistory, SqliteAnswerHistory>();
        services.AddSingleton<ISchema, SqliteSchema>(provider => new SqliteSchema(provider.GetRequiredService<SqliteDatabase>()));
        services.AddSingleton<IMarkStore, SqliteMarkStore>();
        services.AddSingleton<INodeStore, SqliteNodeStore>();
        services.AddSingleton<ITurnStore, SqliteTurnStore>();
        services.AddSingleton<IWork, SqliteWork>();
        services.AddSingleton<ICustomerStore, SqliteCustomerStore>();
        services.AddSingleton<IConsentStore, SqliteConsentStore>();
        services.AddSingleton<IEventStore, SqliteEventStore>();
        services.AddSingleton<IEnrolmentStore, SqliteEnrolmentStore>();
        services.AddSingleton<ILedger, SqliteLedger>();
        services.AddSingleton<ISendingFactStore, SqliteSendingFactStore>();
        services.AddSingleton<IAttentionStore, SqliteAttentionStore>();
        services.AddSingleton<ISurveyStore, SqliteSurveyStore>();
        services.AddSingleton<ICaseStore, SqliteCaseStore>();
        services.AddSingleton<IWriteBackStore, SqliteWriteBackStore>();
        services.AddSingleton<IErrandStore, SqliteErrandStore>();
        services.AddSingleton<IContentStore, SqliteContentStore>();
        services.AddSingleton<IPublicationStore, SqlitePublicationStore>();
        services.AddSingleton<IJourneyStateStore, SqliteJourneyStateStore>();
        services.AddSingleton<ITimelineStore, SqliteTimelineStore>();
        services.AddSingleton<IExplainStore, SqliteExplainStore>();
        services.AddSingleton<ISymptomStore, SqliteSymptomStore>();
        services.AddSingleton<ISplitStore, SqliteSplitStore>();
        services.AddSingleton<IMomentStore, SqliteMomentStore>();
        services.AddSingleton<ISegmentStore, SqliteSegmentStore>();
        services.AddSingleton<IBooksStore, SqliteBooksStore>();
        services.AddSingleton<IRetentionStore, SqliteRetentionStore>();
        services.AddSingleton<IPluginStateStore, SqlitePluginStateStore>();
        return services;
    }

    /// <summary>
    /// All stores over one PostgreSQL database, which any number of processes may share. Nothing is opened before the first use; the tables are made by
    /// <see cref="ISchema.MigrateAsync"/>. Faults of the database are <see cref="StorageException"/>s that say what to do and hold nothing of the connection.
    /// </summary>
    /// <param name="services">Where to register.</param>
    /// <param name="connection">The connection string, a secret.</param>
    /// <exception cref="StorageException">It is not one, see <see cref="FaultOfConnection"/>.</exception>
    public static IServiceCollection AddPostgresStorage(this IServiceCollection services, string connection)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connection);
        _ = PgConnection.Read(connection);
        services.AddSingleton(_ => new PgDatabase(connection));
        services.AddSingleton<IStoreCopy, PgStoreCopy>().AddSingleton<IAnswerHistory, PgAnswerHistory>();
        services.AddSingleton<ISchema, PgSchema>(provider => new PgSchema(provider.GetRequiredService<PgDatabase>()));
        services.AddSingleton<IMarkStore, PgMarkStore>();
        services.AddSingleton<INodeStore, PgNodeStore>();
        services.AddSingleton<ITurnStore, PgTurnStore>();
        services.AddSingleton<ISharedSchedules>(_ => new PgSharedSchedules(connection));
        services.AddSingleton<IWork, PgWork>();
        services.AddSingleton<ICustomerStore, PgCustomerStore>();
        services.AddSingleton<IConsentStore, PgConsentStore>();
        services.AddSingleton<IEventStore, PgEventStore>();
        services.AddSingleton<IEnrolmentStore, PgEnrolmentStore>();
        services.AddSingleton<ILedger, PgLedger>();
        services.AddSingleton<ISendingFactStore, PgSendingFactStore>();
        services.AddSingleton<IAttentionStore, PgAttentionStore>();
        services.AddSingleton<ISurveyStore, PgSurveyStore>();
        services.AddSingleton<ICaseStore, PgCaseStore>();
        services.AddSingleton<IWriteBackStore, PgWriteBackStore>();
        services.AddSingleton<IErrandStore, PgErrandStore>();
        services.AddSingleton<IContentStore, PgContentStore>();
        services.AddSingleton<IPublicationStore, PgPublicationStore>();
        services.AddSingleton<IJourneyStateStore, PgJourneyStateStore>();
        services.AddSingleton<ITimelineStore, PgTimelineStore>();
        services.AddSingleton<IExplainStore, PgExplainStore>();
        services.AddSingleton<ISymptomStore, PgSymptomStore>();
        services.AddSingleton<ISplitStore, PgSplitStore>();
        services.AddSingleton<IMomentStore, PgMomentStore>();
        services.AddSingleton<ISegmentStore, PgSegmentStore>();
        services.AddSingleton<IBooksStore, PgBooksStore>();
        services.AddSingleton<IRetentionStore, PgRetentionStore>();
        services.AddSingleton<IPluginStateStore, PgPluginStateStore>();
        return services;
    }

    /// <summary>What is wrong with a text as a connection string of PostgreSQL, without repeating it; null where it is one.</summary>
    public static string? FaultOfConnection(string connection)
    {
        try
        {
            _ = PgConnection.Read(connection);
            return null;
        }
        catch (StorageException fault)
        {
            return fault.Message;
        }
    }
}
