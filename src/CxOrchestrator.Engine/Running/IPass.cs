namespace CxOrchestrator.Engine.Running;

/// <summary>One kind of work, done a batch at a time.</summary>
public interface IPass
{
    /// <summary>Which kind.</summary>
    Work Work { get; }

    /// <summary>
    /// Does one batch and returns how much of it came forward: 0 where there was nothing to do, or nothing that can be done now.
    /// </summary>
    /// <param name="stop">Asks to stop: what was begun is finished, nothing more is begun.</param>
    Task<int> RunAsync(CancellationToken stop);
}
