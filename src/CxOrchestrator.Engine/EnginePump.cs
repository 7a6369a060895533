using CxOrchestrator.Engine.Running;

namespace CxOrchestrator.Engine;

/// <summary>
/// Runs the engine by hand, one batch after the other in a fixed order: for tests, simulations and everything that moves a clock of its own. Not beside
/// the hosted loops.
/// </summary>
public sealed class EnginePump(IEnumerable<IPass> passes)
{
    // A day of a large simulation is some thousands of batches; more without an end can only be journeys that set each other off.
    private const int MostRounds = 100_000;

    private readonly IReadOnlyList<IPass> _passes = [.. passes.OrderBy(pass => pass.Work)];

    /// <summary>Works until nothing comes forward any more at the clocks' present times. Gives how much was done.</summary>
    /// <exception cref="InvalidOperationException">It does not come to rest.</exception>
    public async Task<int> RunUntilIdleAsync(CancellationToken cancellation)
    {
        var done = 0;
        for (var round = 0; round < MostRounds; round++)
        {
            var forward = 0;
            foreach (var pass in _passes)
            {
                cancellation.ThrowIfCancellationRequested();
                forward += await pass.RunAsync(cancellation);
            }

            if (forward == 0)
                return done;
            done += forward;
        }

        throw new InvalidOperationException($"The engine does not come to rest in {MostRounds} rounds: do journeys set each other off without a wait?");
    }

    /// <summary>Does one batch of one kind of work.</summary>
    public Task<int> RunAsync(Work work, CancellationToken cancellation) =>
        _passes.First(pass => pass.Work == work).RunAsync(cancellation);
}
