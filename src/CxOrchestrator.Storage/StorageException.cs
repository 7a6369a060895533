using CxOrchestrator.Core;

namespace CxOrchestrator.Storage;

/// <inheritdoc cref="StoreFaultException"/>
public sealed class StorageException : StoreFaultException
{
    /// <summary>A fault of the store.</summary>
    /// <param name="message">Which file or database, what is wrong, what to do.</param>
    /// <param name="inner">What the driver said; null where that might hold secrets.</param>
    public StorageException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
