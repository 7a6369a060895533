using System.Text.Json;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Books;
using CxOrchestrator.Core.Connections;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.Links;
using CxOrchestrator.Core.Settings;
using CxOrchestrator.Core.Surveys;
using CxOrchestrator.Core.Timeline;
using CxOrchestrator.Core.WriteBacks;
using CxOrchestrator.Engine.Running;
using CxOrchestrator.Engine.Schedules;
using CxOrchestrator.Sdk;
using CxOrchestrator.Storage;
using CxOrchestrator.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Engine.Tests.Worlds;

/// <summary>The engine on a real store, SQLite where nothing else is said, with clocks that stand still and a connection that records.</summary>
public sealed class World : IAsyncDisposable
{
    private readonly TemporaryFolder? _folder;
    private readonly string? _postgres;
    private readonly ServiceProvider _services;
    private readonly Dictionary<string, string> _files = Words.Files();

    private World(
        TemporaryFolder? owned, string folder, ManualTimeProvider customer, ManualTimeProvider machine, FakeConnections fake, Func<CoreSettings, CoreSettings> settings, EngineOptions options,
        string? postgres = null)
    {
        _postgres = postgres;
        _folder = owned;
        Folder = folder;
        CustomerClock = customer;
        MachineClock = machine;
        Fake = fake;
        Settings = settings(new CoreSettings
        {
            DataFolder = folder,
            ContentFolder = folder,
            PublicUrl = new Uri("https://shop.example"),
            EventTypes = ["order.delivered", "order.returned", "order.placed", "ping"],
            Sending = new SendingSettings { QuietFrom = null, QuietTo = null },
        });
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        if (postgres is null)
            services.AddSqliteStorage(Path.Combine(folder, "test.db"));
        else
            services.AddPostgresStorage(postgres);
        services.AddSingleton(new Clocks(customer, machine));
        services.AddSingleton(Settings);
        services.AddSingleton(new CustomerLinks(new LinkSigner(new byte[32]), Settings));
        services.AddSingleton(ContentRules.Of(Settings, CronCheck.Fault));
        services.AddSingleton<IPublishedContent, ContentCatalog>();
        services.AddSingleton<Publisher>();
        services.AddSingleton<IConnections>(fake);
        services.AddEngine(options);
        services.AddSingleton<EngineHost>().AddSingleton<QuartzClock>();
        _services = services.BuildServiceProvider();
    }

    public string Folder { get; }

    public ManualTimeProvider CustomerClock { get; }

    public ManualTimeProvider MachineClock { get; }

    public FakeConnections Fake { get; }

    public CoreSettings Settings { get; }

    /// <summary>The content folder.</summary>
    public IReadOnlyDictionary<string, string> Files => _files;

    public DateTimeOffset Now => CustomerClock.GetUtcNow();

    public EnginePump Pump => Get<EnginePump>();

    /// <summary>A new world with the journeys of these texts.</summary>
    public static async Task<World> WithAsync(params string[] journeys) => await WithAsync(settings => settings, journeys);

    /// <summary>A new world with other settings.</summary>
    public static Task<World> WithAsync(Func<CoreSettings, CoreSettings> settings, params string[] journeys) => OnAsync(null, settings, journeys);

    /// <summary>A new world on a PostgreSQL database; null for SQLite.</summary>
    public static async Task<World> OnAsync(string? postgres, Func<CoreSettings, CoreSettings> settings, params string[] journeys)
    {
        var folder = new TemporaryFolder();
        var world = new World(folder, folder.Path, new ManualTimeProvider(), new ManualTimeProvider(), new FakeConnections(), settings, new EngineOptions { Node = "one" }, postgres);
        await world.Get<ISchema>().MigrateAsync(CancellationToken.None);
        await world.PublishAsync(journeys);
        return world;
    }

    /// <summary>A new world on a PostgreSQL database of its own.</summary>
    public static Task<World> OnPostgresAsync(params string[] journeys) =>
        OnAsync(PostgresServer.Running.NewDatabase() + ";Maximum Pool Size=8", settings => settings, journeys);

    /// <summary>Another process on the same store, clocks and connection.</summary>
    public World Another(string node, Func<CoreSettings, CoreSettings>? settings = null) =>
        new(null, Folder, CustomerClock, MachineClock, Fake, _ => settings?.Invoke(Settings) ?? Settings, new EngineOptions { Node = node }, _postgres);

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async Task PublishAsync(params string[] journeys)
    {
        foreach (var text in journeys)
            _files[$"journeys/{text.Split('\n')[0].Split(' ')[1].Trim()}.yaml"] = text;
        var report = await Get<Publisher>().PublishAsync(_files, Now, CancellationToken.None);
        Assert.True(report.Ok, string.Join('\n', report.Faults));
    }

    /// <summary>Publishes a whole content folder in the place of the files that every world has.</summary>
    public async Task PublishAsync(IReadOnlyDictionary<string, string> files)
    {
        _files.Clear();
        foreach (var (path, text) in files)
            _files[path] = text;
        await PublishAsync();
    }

    public void File(string path, string text) => _files[path] = text;

    public async Task<Customer> CustomerAsync(
        string id, string? email = "auto", string? phone = null, string zone = "Etc/UTC", string attributes = "{}")
    {
        var points = new List<ContactPoint>();
        if (email is not null)
            points.Add(new ContactPoint(Channel.Email, email == "auto" ? $"{id}@example.test" : email));
        if (phone is not null)
            points.Add(new ContactPoint(Channel.Sms, phone));
        var draft = new CustomerDraft([new ExternalId("shop", id)], $"Anna {id}", "Anna", "en", zone, points, Json.Parse(attributes));
        var added = (await Get<ICustomerStore>().UpsertAsync([draft], Now, CancellationToken.None))[0];
        return (await Get<ICustomerStore>().GetAsync([added.Id], CancellationToken.None))[added.Id];
    }

    /// <summary>Takes in an event of the shop.</summary>
    public async Task TellAsync(string subject, string type, string data = "{}", DateTimeOffset? time = null)
    {
        var incoming = new IncomingEvent("shop", $"e{Ids.New(Now):N}", type, subject, time ?? Now, Json.Parse(data));
        var results = await Get<IEventIntake>().AcceptAsync([incoming], allOrNone: false, CancellationToken.None);
        Assert.Equal(new IntakeResult(IntakeOutcome.Stored), results[0]);
    }

    /// <summary>Takes in what the connection tells, and lets everything come of it.</summary>
    public async Task<IReadOnlyList<IntakeResult>> ToldAsync(params ConnectorEvent[] told)
    {
        var results = await Get<IConnectorIntake>().AcceptAsync(FakeConnections.Name, told, CancellationToken.None);
        await RunAsync();
        return results;
    }

    /// <summary>A fact as a connector tells it, now.</summary>
    public ConnectorEvent Fact(string type, string data = "{}", string? delivery = null, string? address = null, string person = "", string? id = null) =>
        new(id ?? $"f{Ids.New(Now):N}", type, person, Now, Json.Parse(data)) { DeliveryKey = delivery, Address = address };

    /// <summary>Takes in an answer, as the survey page tells it; with an invitation, the response is recorded too.</summary>
    public async Task AnswerAsync(Customer customer, Guid deliveryId, int score, string more = "", Guid? recorded = null)
    {
        var answer = new CustomerEvent
        {
            Id = Ids.New(Now),
            Source = EventTypes.OwnSource,
            SourceId = $"answer/{Ids.New(Now):N}",
            Type = EventTypes.SurveyAnswered,
            Subject = customer.Id.ToString("N"),
            CustomerId = customer.Id,
            DeliveryId = deliveryId,
            Time = Now,
            ReceivedAt = Now,
            Data = Json.Parse($$"""{ "survey": "nps", "score": {{score}}, "comment": "so so", "revision": 1 {{more}} }"""),
        };
        if (recorded is { } invitation)
            await RecordAsync(invitation, customer, score, answer);
        else
            await Get<IEventStore>().AppendAsync([answer], CancellationToken.None);
    }

    private async Task RecordAsync(Guid invitationId, Customer customer, int score, CustomerEvent answer)
    {
        var found = (await Get<ISurveyStore>().FindAsync(invitationId, CancellationToken.None))!;
        var revision = (found.Response?.Revision ?? 0) + 1;
        var response = new Response
        {
            InvitationId = invitationId, CustomerId = customer.Id, Survey = "nps", SurveyVersion = 1, Score = score, Language = "en",
            AnsweredAt = Now, ChangedAt = Now, Revision = revision,
        };
        var owed = new WriteBack
        {
            Id = Ids.New(Now), CustomerId = customer.Id, Key = $"answer/{invitationId:N}/{revision}", Kind = CrmChangeKind.Answer, Title = "NPS",
            Values = Json.EmptyObject, At = Now, DueAt = Now,
        };
        var told = answer with { DeliveryId = found.Invitation.DeliveryId };
        Assert.True(await Get<ISurveyStore>().RecordAsync(response, new Effects { Events = [told], WriteBacks = [owed] }, CancellationToken.None));
    }

    public Task<int> RunAsync() => Pump.RunUntilIdleAsync(CancellationToken.None);

    public Task<int> RunAsync(Work work) => Pump.RunAsync(work, CancellationToken.None);

    /// <summary>Moves both clocks and lets everything happen.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        CustomerClock.Advance(time);
        MachineClock.Advance(time);
        await RunAsync();
    }

    public async Task<IReadOnlyList<Enrolment>> EnrolmentsAsync(Customer customer) =>
        await Get<IEnrolmentStore>().ActiveAsync([customer.Id], CancellationToken.None);

    public async Task<Enrolment> EnrolmentAsync(Guid id) =>
        (await Get<IEnrolmentStore>().GetAsync([id], CancellationToken.None))[id];

    /// <summary>The one active enrolment of a customer.</summary>
    public async Task<Enrolment> OneAsync(Customer customer) => Assert.Single(await EnrolmentsAsync(customer));

    public async Task<IReadOnlyList<Delivery>> DeliveriesAsync()
    {
        var all = new List<Delivery>();
        foreach (var state in Enum.GetValues<DeliveryState>())
            all.AddRange(await Get<ILedger>().ListAsync(state, 100_000, CancellationToken.None));
        return [.. all.OrderBy(delivery => delivery.Id.ToString("N"), StringComparer.Ordinal)];
    }

    public async Task<Delivery> DeliveryAsync() => Assert.Single(await DeliveriesAsync());

    public Task<Books> BooksAsync() => Get<IBooksStore>().ReadAsync(CancellationToken.None);

    public async Task<string> TimelineAsync(Customer customer) =>
        string.Join('\n', (await Get<ITimelineStore>().ReadAsync(customer.Id, 1_000, CancellationToken.None)).Select(entry => entry.ToString()));

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _folder?.Dispose();
    }
}
