namespace CxOrchestrator.Core;

/// <summary>A store can't do what it was asked to. Which store, what is wrong and what to do stands in the message.</summary>
public abstract class StoreFaultException(string message, Exception? inner) : InvalidOperationException(message, inner)
{
    /// <summary>
    /// True where the store is out of order: away, full, locked. The same work may be done later, and other work can't be done now either. False where it is
    /// this work that can't be stored, now or later.
    /// </summary>
    public bool MayPass { get; init; } = true;

    /// <summary>True where the store can't be reached, or is starting or stopping: to wait for it may be all that it takes.</summary>
    public bool IsAway { get; init; }
}
