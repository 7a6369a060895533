using System.Collections.Concurrent;
using System.Text.Json;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Links;
using CxOrchestrator.Core.Settings;
using CxOrchestrator.Engine;
using CxOrchestrator.Engine.Schedules;
using CxOrchestrator.Sdk;
using CxOrchestrator.Storage;
using CxOrchestrator.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Benchmarks.Intake;

/// <summary>A web server of this process that takes events in, set up as the product sets it up.</summary>
internal sealed class IntakeSite : IAsyncDisposable
{
    private readonly WebApplication _app;

    private IntakeSite(WebApplication app) => _app = app;

    /// <summary>Where it listens, on 127.0.0.1.</summary>
    public int Port => new Uri(_app.Urls.First()).Port;

    /// <summary>Its parts.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>The product: its API over its intake over a store.</summary>
    public static async Task<IntakeSite> ProductAsync(Action<IServiceCollection> addStore)
    {
        var app = Builder();
        app.Services.AddSingleton(ContentRules.Of(Settings, CronCheck.Fault)).AddSingleton<IPublishedContent, ContentCatalog>();
        addStore(app.Services);
        app.Services.AddEngine();
        var site = await StartAsync(app, web => web.MapWeb());
        await AddCustomersAsync(site.Services.GetRequiredService<ICustomerStore>());
        await site.Services.GetRequiredService<IPublishedContent>().RefreshAsync(CancellationToken.None);
        return site;
    }

    /// <summary>The product's API: its server, middleware, key check, reading, checks of the attributes and reply; each event then goes into a dictionary.</summary>
    public static Task<IntakeSite> MemoryAsync()
    {
        var app = Builder();
        app.Services.AddSingleton<IEventIntake, MemoryIntake>();
        return StartAsync(app, web => web.MapWeb());
    }

    /// <summary>
    /// Nothing of ours: the same server with one handler that parses the body as JSON, puts the event into a dictionary under its source and id, and
    /// answers with the product's reply. No key, no checks, no middleware.
    /// </summary>
    public static Task<IntakeSite> BareAsync()
    {
        var kept = new ConcurrentDictionary<(string Source, string Id), JsonElement>();
        return StartAsync(Builder(), web => web.Run(async http =>
        {
            using var document = await JsonDocument.ParseAsync(http.Request.Body);
            var root = document.RootElement.Clone();
            var id = root.GetProperty("id").GetString()!;
            var isNew = kept.TryAdd((root.GetProperty("source").GetString()!, id), root);
            await http.Response.WriteAsJsonAsync(
                new { stored = isNew ? 1 : 0, duplicates = isNew ? 0 : 1, results = new[] { new { id, outcome = isNew ? "stored" : "duplicate" } } });
        }));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static CoreSettings Settings => new()
    {
        DataFolder = "/tmp", ContentFolder = "/tmp", PublicUrl = new Uri("http://127.0.0.1"), EventTypes = ["order.delivered"],
    };

    private static WebApplicationBuilder Builder()
    {
        Environment.SetEnvironmentVariable("CXO_BENCHMARK_KEY", EventRequest.Key);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Events:Sources:0:Name"] = EventRequest.Source, ["Events:Sources:0:Key"] = "env:CXO_BENCHMARK_KEY",
        });
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Logging.AddSimpleConsole().AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(Settings).AddSingleton(new Clocks(TimeProvider.System, TimeProvider.System));
        builder.Services.AddSingleton(new LinkSigner(new byte[LinkSigner.KeyLength])).AddSingleton<CustomerLinks>();
        builder.Services.AddWeb(builder.Configuration);
        return builder;
    }

    private static async Task<IntakeSite> StartAsync(WebApplicationBuilder builder, Action<WebApplication> map)
    {
        var app = builder.Build();
        map(app);
        await app.StartAsync();
        return new IntakeSite(app);
    }

    private static async Task AddCustomersAsync(ICustomerStore customers)
    {
        foreach (var chunk in Enumerable.Range(0, EventRequest.Customers).Chunk(1_000))
        {
            var drafts = chunk.Select(number => new CustomerDraft(
                [new ExternalId(EventRequest.Source, EventRequest.SubjectOf(number))], $"Ana {number}", "Ana", "pt", "Europe/Lisbon",
                [new ContactPoint(Channel.Email, $"ana-{number}@example.test")], Json.EmptyObject)).ToList();
            await customers.UpsertAsync(drafts, DateTimeOffset.UnixEpoch, CancellationToken.None);
        }
    }

    private sealed class MemoryIntake : IEventIntake
    {
        private static readonly IReadOnlyList<IntakeResult> Stored = [new(IntakeOutcome.Stored)];
        private readonly ConcurrentDictionary<(string Source, string Id), IncomingEvent> _kept = new();

        public Task<IReadOnlyList<IntakeResult>> AcceptAsync(IReadOnlyList<IncomingEvent> events, bool allOrNone, CancellationToken cancellation) =>
            Task.FromResult(events.Count == 1 && Keep(events[0])
                ? Stored
                : [.. events.Select(one => new IntakeResult(Keep(one) ? IntakeOutcome.Stored : IntakeOutcome.Duplicate))]);

        private bool Keep(IncomingEvent one) => _kept.TryAdd((one.Source, one.SourceId), one);
    }
}
