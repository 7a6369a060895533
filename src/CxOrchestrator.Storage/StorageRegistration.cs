using CxOrchestrator.Core;
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
using CxOrchestrator.Core.Explaining;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.Surveys;
using CxOrchestrator.Core.Timeline;
using CxOrchestrator.Core.WriteBacks;
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
    public static IServiceCollection AddSqliteStorage(this IServiceCollection services, string file)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(file);
        services.AddSingleton(_ => new SqliteDatabase(file));
        services.AddSingleton<ISchema, SqliteSchema>(provider => new SqliteSchema(provider.GetRequiredService<SqliteDatabase>()));
        services.AddSingleton<IMarkStore, SqliteMarkStore>();
        services.AddSingleton<ITakeOver, SqliteTakeOver>();
        services.AddSingleton<IWork, SqliteWork>();
        services.AddSingleton<ICustomerStore, SqliteCustomerStore>();
        services.AddSingleton<IConsentStore, SqliteConsentStore>();
        services.AddSingleton<IEventStore, SqliteEventStore>();
        services.AddSingleton<IEnrolmentStore, SqliteEnrolmentStore>();
        services.AddSingleton<ILedger, SqliteLedger>();
        services.AddSingleton<ISurveyStore, SqliteSurveyStore>();
        services.AddSingleton<ICaseStore, SqliteCaseStore>();
        services.AddSingleton<IWriteBackStore, SqliteWriteBackStore>();
        services.AddSingleton<IErrandStore, SqliteErrandStore>();
        services.AddSingleton<IContentStore, SqliteContentStore>();
        services.AddSingleton<ITimelineStore, SqliteTimelineStore>();
        services.AddSingleton<IExplainStore, SqliteExplainStore>();
        services.AddSingleton<ISymptomStore, SqliteSymptomStore>();
        services.AddSingleton<IBooksStore, SqliteBooksStore>();
        services.AddSingleton<IPluginStateStore, SqlitePluginStateStore>();
        return services;
    }
}
