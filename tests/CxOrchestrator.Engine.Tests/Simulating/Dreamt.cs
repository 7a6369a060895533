using CxOrchestrator.Core;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Simulating;
using CxOrchestrator.Engine.Simulating;
using CxOrchestrator.Engine.Tests.Worlds;
using CxOrchestrator.SampleShop;
using CxOrchestrator.Sdk;
using CxOrchestrator.Storage;
using CxOrchestrator.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Engine.Tests.Simulating;

/// <summary>A simulation of a world's future, on a copy of its store.</summary>
public sealed class Dreamt : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly ServiceProvider _services;

    private Dreamt(TemporaryFolder folder, ServiceProvider services) => (_folder, _services) = (folder, services);

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Copies the world and makes everything ready.</summary>
    public static async Task<Dreamt> OfAsync(
        World world, SimulationTerms terms, Func<IServiceProvider, IEventStream> events, IReadOnlyList<string>? gold = null, IReadOnlyCollection<Guid>? customers = null)
    {
        var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "copy.db");
        await world.Get<IStoreCopy>().CopyAsync(file, new CopyScope(terms.From.AddDays(-200), customers), CancellationToken.None);
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        services.AddScratchStorage(file);
        var all = new SimulatedConnection(FakeConnections.Name, "fake", [Capability.EmailSender, Capability.SmsSender, Capability.CrmReader, Capability.CrmWriter, Capability.TicketWriter], 0);
        services.AddSimulation(
            world.Settings, terms, new SimulatedConnectionSet([all], new Dictionary<Capability, string>()),
            new SegmentMembers(new Dictionary<string, IReadOnlyList<string>> { [ShopContent.Segment] = gold ?? [] }), events);
        var dreamt = new Dreamt(folder, services.BuildServiceProvider());
        await dreamt.Get<IPublishedContent>().RefreshAsync(CancellationToken.None);
        return dreamt;
    }

    public Task<SimulationBook> RunAsync() => Get<ISimulation>().RunAsync(null, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _folder.Dispose();
    }
}
