using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Books;
using CxOrchestrator.Core.Cases;
using CxOrchestrator.Core.Connections;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Explaining;
using CxOrchestrator.Core.Links;
using CxOrchestrator.Core.Nodes;
using CxOrchestrator.Core.Settings;
using CxOrchestrator.Core.Surveys;
using CxOrchestrator.Core.Timeline;
using CxOrchestrator.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Web.Tests.Fakes;

/// <summary>The pages and the API over stores in memory and clocks that the test moves.</summary>
internal sealed class TestSite : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Lazy<HttpClient> _client;

    private TestSite(WebApplication app, LogOfLines log)
    {
        _app = app;
        Log = log;
        _client = new Lazy<HttpClient>(() => app.Services.GetRequiredService<IServer>() is TestServer server
            ? server.CreateClient()
            : new HttpClient { BaseAddress = new Uri(app.Urls.First()) });
    }

    public ManualTimeProvider Customers { get; } = new();

    public ManualTimeProvider Machine { get; } = new();

    public InMemoryStores Stores { get; } = new();

    public InMemoryIntake Intake { get; } = new();

    public InMemoryConnectorIntake Told { get; } = new();

    public FakeContent Content { get; } = new();

    public StaffFakes Staff { get; } = new();

    public FakeExplainer Explainer { get; } = new();

    public FakeConnections Connections { get; } = new();

    public LogOfLines Log { get; }

    public IServiceProvider Services => _app.Services;

    public HttpClient Client => _client.Value;

    public CoreSettings Settings { get; } = new()
    {
        DataFolder = "/tmp", ContentFolder = "/tmp", PublicUrl = new Uri("http://localhost"),
    };

    public LinkSigner Signer { get; } = new(Enumerable.Range(0, 32).Select(number => (byte)number).ToArray());

    public CustomerLinks Links => new(Signer, Settings);

    /// <summary>Where requests seem to come from.</summary>
    public IPAddress? RemoteAddress { get; set; } = IPAddress.Loopback;

    public static async Task<TestSite> StartAsync(
        IReadOnlyDictionary<string, string?>? configuration = null, Action<IServiceCollection>? configure = null, Action<IWebHostBuilder>? host = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        (host ?? (web => web.UseTestServer()))(builder.WebHost);
        builder.Configuration.AddInMemoryCollection(configuration ?? new Dictionary<string, string?>());
        var log = new LogOfLines();
        builder.Logging.AddProvider(log).SetMinimumLevel(LogLevel.Debug);
        TestSite? site = null;
        builder.Services
            .AddSingleton<Clocks>(_ => new Clocks(site!.Customers, site.Machine))
            .AddSingleton(_ => site!.Settings)
            .AddSingleton(_ => site!.Signer)
            .AddSingleton(_ => site!.Links)
            .AddSingleton<ISurveyStore>(_ => site!.Stores)
            .AddSingleton<ICustomerStore>(_ => site!.Stores)
            .AddSingleton<IConsentStore>(_ => site!.Stores)
            .AddSingleton<IWork>(_ => site!.Stores)
            .AddSingleton<IEventIntake>(_ => site!.Intake)
            .AddSingleton<IConnectorIntake>(_ => site!.Told)
            .AddSingleton<IPublishedContent>(_ => site!.Content)
            .AddSingleton<ITimelineStore>(_ => site!.Staff)
            .AddSingleton<ICaseStore>(_ => site!.Staff)
            .AddSingleton<IBooksStore>(_ => site!.Staff)
            .AddSingleton<IMarkStore>(_ => site!.Staff)
            .AddSingleton<INodeStore>(_ => site!.Staff)
            .AddSingleton<IExplainer>(_ => site!.Explainer)
            .AddSingleton<IConnections>(_ => site!.Connections)
            .AddWeb(builder.Configuration);
        configure?.Invoke(builder.Services);
        var app = builder.Build();
        site = new TestSite(app, log);
        app.Use((context, next) =>
        {
            context.Connection.RemoteIpAddress = site.RemoteAddress;
            return next(context);
        });
        app.MapWeb();
        await app.StartAsync();
        return site;
    }

    /// <summary>Gets a page.</summary>
    public async Task<PageSeen> GetAsync(string path) => await PageSeen.OfAsync(await Client.GetAsync(path));

    /// <summary>Posts form fields.</summary>
    public async Task<PageSeen> PostAsync(string path, params (string Name, string Value)[] fields) =>
        await PageSeen.OfAsync(await Client.PostAsync(
            path, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)))));

    /// <summary>Stops it as a host is stopped: whoever is being served is served to the end.</summary>
    public Task StopAsync() => _app.StopAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}

/// <summary>A response with its document.</summary>
internal sealed record PageSeen(HttpResponseMessage Response, IDocument Document, string Html)
{
    public HttpStatusCode Status => Response.StatusCode;

    public string Heading => Document.QuerySelector("h1")?.TextContent ?? "";

    public static async Task<PageSeen> OfAsync(HttpResponseMessage response)
    {
        var html = await response.Content.ReadAsStringAsync();
        return new PageSeen(response, await new HtmlParser().ParseDocumentAsync(html), html);
    }

    public string Header(string name) =>
        string.Join(", ", Response.Headers.TryGetValues(name, out var values) || Response.Content.Headers.TryGetValues(name, out values) ? values : []);

    public string? Field(string name) => Document.QuerySelector($"input[name='{name}']")?.GetAttribute("value");

    public string? Chosen => Document.QuerySelector("input[type=radio][checked]")?.GetAttribute("value");
}
