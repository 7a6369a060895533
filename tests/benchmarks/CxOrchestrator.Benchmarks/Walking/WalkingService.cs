using CxOrchestrator.Benchmarks.Sending;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Connections;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Links;
using CxOrchestrator.Core.Settings;
using CxOrchestrator.Engine;
using CxOrchestrator.Engine.Schedules;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Benchmarks.Walking;

/// <summary>What an installation runs, in this process: a store and the engine with all of its loops, connected to nothing.</summary>
internal static class WalkingService
{
    /// <summary>Makes it with its journeys published; nothing runs yet.</summary>
    /// <param name="folder">For what it keeps in files.</param>
    /// <param name="store">Registers the store.</param>
    /// <param name="options">Sizes of the engine's work.</param>
    /// <param name="clock">Customers' time.</param>
    public static async Task<IHost> MakeAsync(string folder, Action<IServiceCollection> store, EngineOptions options, TimeProvider clock)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Error);
        var settings = new CoreSettings
        {
            DataFolder = folder, ContentFolder = folder, PublicUrl = new Uri("https://shop.example"), EventTypes = ["order.delivered"],
        };
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(new Clocks(clock, TimeProvider.System));
        builder.Services.AddSingleton(new CustomerLinks(new LinkSigner(new byte[LinkSigner.KeyLength]), settings));
        builder.Services.AddSingleton(ContentRules.Of(settings, CronCheck.Fault)).AddSingleton<Publisher>().AddSingleton<IPublishedContent, ContentCatalog>();
        builder.Services.AddSingleton<IConnections, NoConnections>();
        store(builder.Services);
        builder.Services.AddEngine(options).AddEngineLoops();
        var host = builder.Build();
        await host.Services.GetRequiredService<ISchema>().MigrateAsync(CancellationToken.None);
        var files = WalkMix.All.ToDictionary(mix => $"journeys/{mix.Key}.yaml", mix => mix.File(), StringComparer.Ordinal);
        var report = await host.Services.GetRequiredService<Publisher>()
            .PublishAsync(files, host.Services.GetRequiredService<Clocks>().Now, CancellationToken.None);
        if (!report.Ok)
            throw new InvalidOperationException(string.Join('\n', report.Faults));
        await host.Services.GetRequiredService<IPublishedContent>().RefreshAsync(CancellationToken.None);
        return host;
    }
}
