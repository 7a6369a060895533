using CxOrchestrator.Core;
using Spectre.Console;

namespace CxOrchestrator.Host.Composition;

/// <summary>
/// Waits at the start for a store that is away: a database that restarts, or one that a machine starts beside us, is there in a moment. All that is done at the
/// start shares one time.
/// </summary>
internal sealed class StorePatience(IAnsiConsole console, TimeProvider clock)
{
    /// <summary>How long is waited in all.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private TimeSpan _waited;

    /// <summary>Does what can be done again from its beginning.</summary>
    /// <exception cref="UserException">The store is still away; the message says what is wrong with it.</exception>
    public async Task DoAsync(Func<Task> work, CancellationToken cancellation)
    {
        while (true)
        {
            var began = clock.GetTimestamp();
            try
            {
                await work();
                return;
            }
            catch (Exception fault) when (AwayIn(fault) is { } away)
            {
                if (_waited >= Longest)
                    throw new UserException($"{away.Message} It was waited for, for {Longest.TotalSeconds:0} s.", fault);
                if (_waited == TimeSpan.Zero)
                    console.WriteLine($"{away.Message} Waiting for it, for {Longest.TotalSeconds:0} s at most.");
            }

            await Task.Delay(Pause, clock, cancellation);
            _waited += clock.GetElapsedTime(began);
        }
    }

    private static StoreFaultException? AwayIn(Exception? fault) => fault switch
    {
        StoreFaultException { IsAway: true } away => away,
        null => null,
        _ => AwayIn(fault.InnerException),
    };
}
