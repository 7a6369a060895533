namespace CxOrchestrator.Core.Nodes;

/// <summary>What a node tells with each sign of life.</summary>
/// <param name="Draining">True once it was asked to stop.</param>
/// <param name="ClockOff">How far the machine's own clock was ahead of the store's at the last look; null where it was not compared.</param>
/// <param name="Work">How much came forward since its start, by kind of work.</param>
public sealed record NodeBeat(bool Draining, TimeSpan? ClockOff, IReadOnlyDictionary<string, long> Work)
{
    /// <summary>Nothing to tell.</summary>
    public static NodeBeat First { get; } = new(false, null, new Dictionary<string, long>());
}
