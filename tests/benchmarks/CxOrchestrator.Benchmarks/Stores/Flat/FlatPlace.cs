using System.Diagnostics;
using System.Globalization;
using CxOrchestrator.Benchmarks.Measuring;
using CxOrchestrator.Benchmarks.Sending;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Explaining;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.Links;
using CxOrchestrator.Core.Retention;
using CxOrchestrator.Core.Settings;
using CxOrchestrator.Engine;
using CxOrchestrator.Engine.Schedules;
using CxOrchestrator.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Benchmarks.Stores.Flat;

/// <summary>One database of a size, with the product's own parts over it, and what is done there to be measured.</summary>
internal sealed class FlatPlace : IAsyncDisposable
{
    /// <summary>Rows claimed, enrolments claimed and events appended at once.</summary>
    public const int Batch = 500;

    private static readonly CancellationToken Go = CancellationToken.None;

    private readonly ServiceProvider _services;
    private readonly string _connection;
    private readonly Random _chance = new(20_261_122);
    private OwnProcessor? _processor;
    private long _made;

    private FlatPlace(long rows, string connection)
    {
        Rows = rows;
        _connection = connection;
        var folder = Path.GetTempPath();
        var settings = new CoreSettings { DataFolder = folder, ContentFolder = folder, PublicUrl = new Uri("https://shop.example"), EventTypes = ["order.delivered"] };
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Error));
        services.AddSingleton(settings).AddSingleton(new Clocks(TimeProvider.System, TimeProvider.System));
        services.AddSingleton(new CustomerLinks(new LinkSigner(new byte[LinkSigner.KeyLength]), settings));
        services.AddSingleton(ContentRules.Of(settings, CronCheck.Fault)).AddSingleton<Publisher>().AddSingleton<IPublishedContent, ContentCatalog>();
        _services = services.AddPostgresStorage(connection).AddEngine().BuildServiceProvider();
    }

    /// <summary>Ledger rows.</summary>
    public long Rows { get; }

    /// <summary>Opens a database; fills it where it is empty.</summary>
    public static async Task<FlatPlace> OpenAsync(long rows, string connection, Action<double, string> tell)
    {
        var place = new FlatPlace(rows, connection);
        if ((await place.Get<ISchema>().PendingAsync(Go)).Count > 0)
        {
            await place.Get<ISchema>().MigrateAsync(Go);
            for (var month = 0; month <= FlatData.Months; month++)
                await place.Get<IRetentionStore>().PrepareAsync(FlatData.End.AddMonths(-month), Go);
            await place.Get<Publisher>().PublishAsync(Mailing.Files, FlatData.End.AddMonths(-FlatData.Months), Go);
            await FlatData.FillAsync(connection, rows, tell);
        }

        return place;
    }

    /// <summary>Milliseconds of each batch of ledger rows: its claim, and with hand-over and outcome.</summary>
    public async Task<(List<double> Claims, List<double> Whole)> SendAsync(int batches)
    {
        var now = FlatData.End.AddDays(10);
        var ledger = Get<ILedger>();
        await AddDueAsync(batches * Batch, now);
        var (claims, whole) = (new List<double>(), new List<double>());
        for (var batch = 0; batch < batches; batch++)
        {
            var (lease, began) = (LeaseAt(now), Stopwatch.GetTimestamp());
            var claimed = await ledger.ClaimDueAsync(lease, now, Batch, Go);
            claims.Add(Since(began));
            await ledger.HandOverAsync(lease, [.. claimed.Select(one => new HandOver(one.Id, Channel.Email, "mail"))], now, Go);
            await ledger.CompleteAsync(
                lease, [.. claimed.Select(one => new DeliveryOutcome { Id = one.Id, State = DeliveryState.Accepted, Reason = "accepted", At = now })], Go);
            whole.Add(Since(began));
        }

        return (claims, whole);
    }

    /// <summary>Milliseconds of each batch of walks: claimed and ended.</summary>
    public async Task<List<double>> WalkAsync(int batches)
    {
        var (now, times) = (FlatData.End.AddDays(10), new List<double>());
        for (var batch = 0; batch < batches; batch++)
        {
            var began = Stopwatch.GetTimestamp();
            await Get<IWork>().WalkDueAsync(new WalkClaim(LeaseAt(now), now, [Lane.Service, Lane.Personal, Lane.Bulk], Batch), EndAsync, Go);
            times.Add(Since(began));
        }

        return times;

        Task<Effects> EndAsync(IReadOnlyList<Enrolment> taken) => Task.FromResult(
            new Effects { Moves = [.. taken.Select(one => one with { State = EnrolmentState.Completed, DueAt = null, EndedAt = now })] });
    }

    /// <summary>Milliseconds of each batch of events.</summary>
    public async Task<List<double>> AppendAsync(int batches)
    {
        var (now, times) = (FlatData.End.AddDays(10), new List<double>());
        for (var batch = 0; batch < batches; batch++)
        {
            var events = Enumerable.Range(0, Batch).Select(_ => EventAt(now)).ToList();
            var began = Stopwatch.GetTimestamp();
            await Get<IEventStore>().AppendAsync(events, Go);
            times.Add(Since(began));
        }

        await FlatData.DoAsync(_connection, "update events set processed = true where not processed");
        return times;
    }

    /// <summary>Any customer's number.</summary>
    public long AnyCustomer() => _chance.NextInt64(1, (Rows / 6) + 1);

    /// <summary>Has the processor time counted of the connections that are open now.</summary>
    public async Task CountProcessorAsync() => _processor = await OwnProcessor.OfAsync(_connection);

    /// <summary>Milliseconds of a customer's explanation: of the clock, and of processors, ours and the server's (null where they can't be known).</summary>
    public async Task<(double Time, double? Processor)> ExplainAsync(long number)
    {
        var (used, began) = (_processor?.Milliseconds, Stopwatch.GetTimestamp());
        var external = new ExternalId("shop", string.Create(CultureInfo.InvariantCulture, $"c-{number}"));
        var key = (await Get<ICustomerStore>().FindAsync([external], Go))[external];
        var told = await Get<IExplainer>().ExplainAsync((await Get<ICustomerStore>().GetAsync([key], Go))[key], Mailing.Journey, null, Go);
        var (time, processor) = (Since(began), _processor?.Milliseconds - used);
        return told.Sections.Count >= 4 ? (time, processor) : throw new InvalidOperationException($"Three walks were to be told of: {told.Sentence}");
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private async Task AddDueAsync(int count, DateTimeOffset now)
    {
        foreach (var some in Enumerable.Range(0, count).Chunk(5_000))
        {
            var walks = some.Select(_ => new Enrolment
            {
                Id = Ids.New(now), CustomerId = Ids.New(now), Journey = "due", Version = 1, EntryKey = Name(), StepId = "1", DueAt = now,
                Context = new EnrolmentContext(), StartedAt = now,
            }).ToList();
            await Get<IWork>().CommitAsync(
                new Effects { Enrolments = [.. walks.Select(one => new Enrol(one, null))], Deliveries = [.. walks.Select(DeliveryOf)] }, Go);
        }
    }

    private static Delivery DeliveryOf(Enrolment one) => new()
    {
        Id = Ids.New(one.StartedAt), CustomerId = one.CustomerId, EnrolmentId = one.Id, StepId = "1", Occurrence = 1, Journey = one.Journey, Message = "thanks",
        Purpose = Purpose.Service, Via = [Channel.Email], PlannedAt = one.StartedAt, ChangedAt = one.StartedAt, DueAt = one.StartedAt,
    };

    private CustomerEvent EventAt(DateTimeOffset now) => new()
    {
        Id = Ids.New(now), Source = "shop", SourceId = Name(), Type = "order.delivered", Subject = $"c-{_chance.NextInt64(1, (Rows / 6) + 1)}", Time = now, ReceivedAt = now,
        Data = Json.EmptyObject,
    };

    // A name of its own in each run.
    private string Name() => $"{Environment.ProcessId}-{DateTime.UtcNow.Ticks}-{++_made}";

    private static Lease LeaseAt(DateTimeOffset now) => new("node", now, now.AddMinutes(5));

    private static double Since(long began) => Stopwatch.GetElapsedTime(began).TotalMilliseconds;

    private T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();
}
