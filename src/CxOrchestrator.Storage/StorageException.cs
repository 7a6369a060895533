namespace CxOrchestrator.Storage;

/// <summary>The store can't do its work: says which file or database, what is wrong with it, and what to do.</summary>
public sealed class StorageException : InvalidOperationException
{
    /// <summary>A fault of the store.</summary>
    /// <param name="message">Which file or database, what is wrong, what to do.</param>
    /// <param name="inner">What the driver said; null where that might hold secrets.</param>
    public StorageException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
