using System.Globalization;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Attention;
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

namespace CxOrchestrator.Benchmarks.Sending;

/// <summary>What an installation runs, in this process: the store, the plugin host with the SMTP plugin, the engine with all of its loops.</summary>
internal static class SendingService
{
    /// <summary>Makes it; nothing runs yet.</summary>
    /// <param name="folder">For what is kept in files.</param>
    /// <param name="store">Where everything is kept.</param>
    /// <param name="port">Where the mail server listens.</param>
    /// <param name="connections">SMTP connections.</param>
    /// <param name="clock">Customers' time.</param>
    /// <param name="more">Further settings.</param>
    /// <param name="attention">How much of a customer's attention may be taken; all of it where nothing is said.</param>
    public static async Task<IHost> MakeAsync(
        string folder, StoreUnderTest store, int port, int connections, TimeProvider clock, IReadOnlyDictionary<string, string?>? more = null,
        AttentionBudget? attention = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(Settings(folder, port, connections));
        builder.Configuration.AddInMemoryCollection(more ?? new Dictionary<string, string?>());
        builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Error);
        var settings = Core(folder, connections) with { Attention = attention ?? AttentionBudget.None };
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(new Clocks(clock, TimeProvider.System));
        builder.Services.AddSingleton(new CustomerLinks(new LinkSigner(new byte[LinkSigner.KeyLength]), settings));
        builder.Services.AddSingleton(ContentRules.Of(settings, CronCheck.Fault)).AddSingleton<Publisher>().AddSingleton<IPublishedContent, ContentCatalog>();
        store.Register(builder.Services);
        builder.Services.AddPlugins(builder.Configuration);
        builder.Services.AddEngine(store.Sizes).AddEngineLoops();
        var host = builder.Build();
        await ReadyAsync(host.Services);
        return host;
    }

    private static async Task ReadyAsync(IServiceProvider services)
    {
        await services.GetRequiredService<ISchema>().MigrateAsync(CancellationToken.None);
        await services.GetRequiredService<PluginHost>().LoadAsync(CancellationToken.None);
        var report = await services.GetRequiredService<Publisher>().PublishAsync(Mailing.Files, services.GetRequiredService<Clocks>().Now, CancellationToken.None);
        if (!report.Ok)
            throw new InvalidOperationException(string.Join('\n', report.Faults));
        await services.GetRequiredService<IPublishedContent>().RefreshAsync(CancellationToken.None);
        if (services.GetRequiredService<IConnections>().For(Capability.EmailSender) is null)
            throw new InvalidOperationException("The SMTP plugin is not there: " + string.Join("; ", services.GetRequiredService<IConnections>().Plugins));
    }

    private static Dictionary<string, string?> Settings(string folder, int port, int connections) => new()
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
        ["Connections:0:Settings:Connections"] = connections.ToString(CultureInfo.InvariantCulture),
        ["Connections:0:Settings:MessagesPerConnection"] = "100000",
        ["Connections:0:Guard:Concurrency"] = (2 * connections).ToString(CultureInfo.InvariantCulture),
    };

    private static CoreSettings Core(string folder, int connections)
    {
        // Quiet hours are asked about, and it is day for everybody.
        var noon = TimeOnly.FromDateTime(DateTime.UtcNow);
        return new CoreSettings
        {
            DataFolder = folder,
            ContentFolder = folder,
            PublicUrl = new Uri("https://shop.example"),
            EventTypes = ["order.delivered"],
            Sending = new SendingSettings
            {
                FromAddress = "hello@shop.example", QuietFrom = noon.AddHours(10), QuietTo = noon.AddHours(-8), Concurrency = 2 * connections,
            },
        };
    }
}
