using System.Text.Json;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Enrolments;

namespace CxOrchestrator.Storage.Conformance;

/// <summary>
/// What every suite stands on: a new, migrated, empty store for each fact. Facts can be skipped, because a machine may lack what a store needs.
/// </summary>
public abstract class StoreConformance : IAsyncLifetime
{
    private readonly List<OpenStore> _open = [];

    /// <summary>Customers' time in the facts.</summary>
    protected static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Machine time in the facts: another clock, so that a store that mixes the two is found out.</summary>
    protected static readonly DateTimeOffset MachineNoon = new(2031, 7, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>No cancellation.</summary>
    protected static readonly CancellationToken Go = CancellationToken.None;

    /// <summary>The store of this fact.</summary>
    protected OpenStore Store => _open[0];

    /// <summary>Makes a new, migrated, empty store.</summary>
    protected abstract Task<OpenStore> OpenAsync();

    /// <summary>Opens the store of this fact once more, as another process would.</summary>
    protected abstract Task<OpenStore> OpenAgainAsync(OpenStore first);

    /// <inheritdoc/>
    public async Task InitializeAsync() => _open.Add(await OpenAsync());

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        foreach (var store in Enumerable.Reverse(_open))
            await store.DisposeAsync();
    }

    /// <summary>Another process on the same store.</summary>
    protected async Task<OpenStore> AnotherProcessAsync()
    {
        var other = await OpenAgainAsync(Store);
        _open.Add(other);
        return other;
    }

    /// <summary>A lease that a node takes so many seconds after noon of the machine, for a minute.</summary>
    protected static Lease By(string node = "node-a", int seconds = 0) =>
        new(node, MachineNoon.AddSeconds(seconds), MachineNoon.AddSeconds(seconds + 60));

    /// <summary>
    /// The enrolments that are taken to be walked, by the fact's store or another process. Nothing comes of it: a store with one writer keeps them leased to the
    /// end of the lease, one that locks them lets them go.
    /// </summary>
    protected async Task<IReadOnlyList<Enrolment>> TakeAsync(int limit = 10, Lease? lease = null, DateTimeOffset? now = null, OpenStore? store = null)
    {
        IReadOnlyList<Enrolment> taken = [];
        await (store ?? Store).Work.WalkDueAsync(
            new WalkClaim(lease ?? By(), now ?? Noon, [Lane.Service, Lane.Personal, Lane.Bulk], limit),
            due =>
            {
                taken = due;
                return Task.FromResult(new Effects());
            },
            Go);
        return taken;
    }

    /// <summary>Fails unless both are the same in every field.</summary>
    protected static void Same<T>(T expected, T actual) =>
        Assert.Equal(JsonSerializer.Serialize(expected), JsonSerializer.Serialize(actual));
}
