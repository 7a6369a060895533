namespace CxOrchestrator.Engine.Running;

/// <summary>One kind of work, done a batch at a time.</summary>
public interface IPass
{
    /// <summary>Which kind.</summary>
    Work Work { get; }

    /// <summary>How many a full batch brings forward; 0 where it doesn't matter. After one that was less than half full the loop lets others come first (<see cref="EngineOptions.Gather"/>).</summary>
    int Full => 0;

    /// <summary>
    /// Does one batch and returns how much of it came forward: 0 where there was nothing to do, or nothing that can be done now.
    /// </summary>
    /// <param name="stop">Asks to stop: what was begun is finished, nothing more is begun.</param>
    Task<int> RunAsync(CancellationToken stop);
}
