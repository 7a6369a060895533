using System.Globalization;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Connections;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Links;
using CxOrchestrator.Core.Settings;
using CxOrchestrator.Engine;
using CxOrchestrator.Engine.Schedules;
using CxOrchestrator.Plugins;
using CxOrchestrator.Sdk;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Benchmarks.Walking;

/// <summary>
/// What an installation runs, in this process: a store, the SMTP plugin under its guard, the engine with all of its loops; a campaign for everybody, and a journey
/// of service that sends at once.
/// </summary>
internal static class CampaignService
{
    /// <summary>The key of the campaign.</summary>
    public const string Campaign = "news";

    /// <summary>The key of the service journey.</summary>
    public const string Service = "receipt";

    private static readonly Dictionary<string, string> Files = new(StringComparer.Ordinal)
    {
        ["journeys/news.yaml"] = """
            journey: news
            purpose: marketing
            touchpoint: newsletter
            trigger: { cron: "0 0 9 * * ?", zone: Etc/UTC }
            reentry: always
            steps:
              - wait: 30d
              - send: receipt
                via: [ email ]
            """,
        ["journeys/receipt.yaml"] = """
            journey: receipt
            purpose: service
            touchpoint: delivery
            trigger: { on: order.placed }
            reentry: always
            steps:
              - send: receipt
                via: [ email ]
            """,
        ["messages/receipt/en.subject"] = "{{ customer.given_name }}, your order {{ event.data.order }}",
        ["messages/receipt/en.txt"] = "Dear {{ customer.name }}, we have your order {{ event.data.order }}.\n{{ links.unsubscribe }}",
        ["messages/receipt/en.html"] = "<p>Dear {{ customer.name }}, we have your order {{ event.data.order }}. <a href=\"{{ links.unsubscribe }}\">No more</a></p>",
    };

    /// <summary>Makes it with its journeys published; nothing runs yet.</summary>
    /// <param name="folder">For what it keeps in files.</param>
    /// <param name="store">Registers the store.</param>
    /// <param name="port">Where the mail server listens.</param>
    /// <param name="options">Sizes of the engine's work.</param>
    /// <param name="clock">Customers' time.</param>
    public static async Task<IHost> MakeAsync(string folder, Action<IServiceCollection> store, int port, EngineOptions options, TimeProvider clock)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(Mail(folder, port));
        builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Error);
        var settings = new CoreSettings
        {
            DataFolder = folder, ContentFolder = folder, PublicUrl = new Uri("https://shop.example"), EventTypes = ["order.placed"],
            Sending = new SendingSettings { FromAddress = "hello@shop.example", QuietFrom = null, QuietTo = null },
        };
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(new Clocks(clock, TimeProvider.System));
        builder.Services.AddSingleton(new CustomerLinks(new LinkSigner(new byte[LinkSigner.KeyLength]), settings));
        builder.Services.AddSingleton(ContentRules.Of(settings, CronCheck.Fault)).AddSingleton<Publisher>().AddSingleton<IPublishedContent, ContentCatalog>();
        store(builder.Services);
        builder.Services.AddPlugins(builder.Configuration);
        builder.Services.AddEngine(options).AddEngineLoops();
        var host = builder.Build();
        await ReadyAsync(host.Services);
        return host;
    }

    private static async Task ReadyAsync(IServiceProvider services)
    {
        await services.GetRequiredService<ISchema>().MigrateAsync(CancellationToken.None);
        await services.GetRequiredService<PluginHost>().LoadAsync(CancellationToken.None);
        var report = await services.GetRequiredService<Publisher>().PublishAsync(Files, services.GetRequiredService<Clocks>().Now, CancellationToken.None);
        if (!report.Ok)
            throw new InvalidOperationException(string.Join('\n', report.Faults));
        await services.GetRequiredService<IPublishedContent>().RefreshAsync(CancellationToken.None);
        if (services.GetRequiredService<IConnections>().For(Capability.EmailSender) is null)
            throw new InvalidOperationException("The SMTP plugin is not there: " + string.Join("; ", services.GetRequiredService<IConnections>().Plugins));
    }

    private static Dictionary<string, string?> Mail(string folder, int port) => new()
    {
        ["Data:Folder"] = folder,
        ["Plugins:Folder"] = Path.Combine(AppContext.BaseDirectory, "plugins"),
        ["Connections:0:Name"] = "mail",
        ["Connections:0:Plugin"] = "email.smtp",
        ["Connections:0:Settings:Host"] = "127.0.0.1",
        ["Connections:0:Settings:Port"] = port.ToString(CultureInfo.InvariantCulture),
        ["Connections:0:Settings:Security"] = "None",
        ["Connections:0:Settings:FromAddress"] = "hello@shop.example",
        ["Connections:0:Settings:HeloName"] = "shop.example",
    };
}
