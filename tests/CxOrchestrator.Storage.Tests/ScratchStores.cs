using CxOrchestrator.Core.Simulating;
using CxOrchestrator.Storage.Conformance;
using Microsoft.Extensions.DependencyInjection;

namespace CxOrchestrator.Storage.Tests;

/// <summary>Opens copies, which are thrown away.</summary>
internal static class ScratchStores
{
    /// <summary>The copy in a file; its folder goes with it.</summary>
    public static (OpenStore Store, ISimulatedStore Simulated) Open(string file)
    {
        var services = new ServiceCollection().AddScratchStorage(file).BuildServiceProvider();
        var store = new OpenStore(services, async () =>
        {
            await services.DisposeAsync();
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        });
        return (store, services.GetRequiredService<ISimulatedStore>());
    }
}
