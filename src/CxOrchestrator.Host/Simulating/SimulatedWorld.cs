using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Publishing;
using CxOrchestrator.Core.Settings;
using CxOrchestrator.Engine.Publishing;
using CxOrchestrator.Engine.Simulating;
using CxOrchestrator.Host.CommandLine;
using CxOrchestrator.Host.Composition;
using CxOrchestrator.Host.Content;
using CxOrchestrator.Storage;

namespace CxOrchestrator.Host.Simulating;

/// <summary>One simulated future: a copy of the store, with files published in it or not, and the engine on it.</summary>
internal sealed class SimulatedWorld : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private SimulatedWorld(ServiceProvider services) => _services = services;

    /// <summary>Its parts.</summary>
    public IServiceProvider Services => _services;

    /// <summary>Its customers.</summary>
    public ICustomerStore Customers => _services.GetRequiredService<ICustomerStore>();

    /// <summary>What is published in it.</summary>
    public IPublishedContent Content => _services.GetRequiredService<IPublishedContent>();

    /// <summary>Makes one on a copy, which is its own from now on.</summary>
    public static async Task<SimulatedWorld> OpenAsync(string file, Action<IServiceCollection> simulation, CancellationToken cancellation)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        services.AddScratchStorage(file);
        simulation(services);
        var world = new SimulatedWorld(services.BuildServiceProvider());
        await world.Content.RefreshAsync(cancellation);
        return world;
    }

    /// <summary>Publishes a journey's file in it, and moves people as the file says. Gives the plan.</summary>
    /// <exception cref="UserException">The file has faults.</exception>
    public async Task<PublishPlan> PublishAsync(string file, CancellationToken cancellation)
    {
        var (files, path) = PlannedFile.Read(_services.GetRequiredService<CoreSettings>().ContentFolder, file);
        var plan = await _services.GetRequiredService<JourneyPlans>().PlanAsync(files, path, [], cancellation);
        if (!plan.Ok)
            throw new UserException($"{file} can't be simulated:{Environment.NewLine}{string.Join(Environment.NewLine, plan.Faults.Where(fault => !fault.IsWarning))}");
        if (!plan.Any)
            return plan;
        var publisher = _services.GetRequiredService<JourneyPublisher>();
        var (publication, refused) = await publisher.BeginAsync(plan, cancellation);
        if (publication is null)
            throw new UserException($"{file} can't be simulated: {refused}");
        await publisher.FinishAsync(publication, null, cancellation);
        await Content.RefreshAsync(cancellation);
        return plan;
    }

    /// <summary>Lets it run.</summary>
    public Task<SimulationBook> RunAsync(IProgress<DateTimeOffset> progress, CancellationToken cancellation) =>
        _services.GetRequiredService<ISimulation>().RunAsync(progress, cancellation);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
