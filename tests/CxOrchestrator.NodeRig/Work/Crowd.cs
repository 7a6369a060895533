using CxOrchestrator.Core;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.NodeRig.Nodes;
using CxOrchestrator.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CxOrchestrator.NodeRig.Work;

/// <summary>Customers with consent, stored in the fleet's store by the product's own parts.</summary>
public sealed class Crowd : IAsyncDisposable
{
    private const int Page = 1_000;

    private readonly ServiceProvider _stores;
    private readonly Fleet _fleet;

    /// <summary>Opens the stores of a fleet, whose schema is in place.</summary>
    public Crowd(Fleet fleet)
    {
        _fleet = fleet;
        var services = new ServiceCollection();
        _ = fleet.Options.Database is { } database ? services.AddPostgresStorage(database) : services.AddSqliteStorage(fleet.SqliteFile);
        _stores = services.BuildServiceProvider();
    }

    /// <summary>The id of a customer at the source <c>shop</c>.</summary>
    public static string SubjectOf(int number) => $"c{number}";

    /// <summary>The address of a customer.</summary>
    public static string AddressOf(int number) => $"c{number}@customers.example";

    /// <summary>Stores customers by number, who have given their consent.</summary>
    /// <returns>Their keys, in order.</returns>
    public async Task<IReadOnlyList<Guid>> AddAsync(int first, int count, Action<double> tell)
    {
        var keys = new List<Guid>(count);
        foreach (var numbers in Enumerable.Range(first, count).Chunk(Page))
        {
            var now = _fleet.Now;
            var added = await _stores.GetRequiredService<ICustomerStore>().UpsertAsync([.. numbers.Select(Draft)], now, CancellationToken.None);
            await _stores.GetRequiredService<IConsentStore>().RecordAsync(
                [.. added.Select(one => new ConsentRecord(one.Id, Channel.Email, Purpose.Marketing, ConsentState.Given, "shop", "asked for the newsletter", now))],
                CancellationToken.None);
            keys.AddRange(added.Select(one => one.Id));
            tell(keys.Count / (double)count);
        }

        return keys;
    }

    /// <summary>Enrols customers in the mailing, due at a time.</summary>
    public async Task EnrolAsync(IReadOnlyList<Guid> customers, DateTimeOffset due, Action<double> tell)
    {
        var done = 0;
        foreach (var some in customers.Chunk(Page))
        {
            var now = _fleet.Now;
            await _stores.GetRequiredService<IWork>().CommitAsync(new Effects { Enrolments = [.. some.Select(customer => Enrol(customer, now, due))] }, CancellationToken.None);
            done += some.Length;
            tell(done / (double)customers.Count);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _stores.DisposeAsync();

    private static CustomerDraft Draft(int number) => new(
        [new ExternalId("shop", SubjectOf(number))], $"Anna Example-{number}", "Anna", "en", "Europe/Berlin", [new ContactPoint(Channel.Email, AddressOf(number))],
        Json.EmptyObject);

    private static Enrol Enrol(Guid customer, DateTimeOffset now, DateTimeOffset due) => new(
        new Enrolment
        {
            Id = Ids.New(now), CustomerId = customer, Journey = MailingContent.Mailing, Version = 1, EntryKey = "once", StepId = MailingContent.FirstStep,
            DueAt = due, StartedAt = now, Context = new EnrolmentContext(), Reason = "began",
        },
        null);
}
