namespace CxOrchestrator.Core;

/// <summary>The store's schema and its migrations.</summary>
public interface ISchema
{
    /// <summary>Migrations that are not applied yet, in order; empty where the schema is up to date.</summary>
    /// <exception cref="InvalidOperationException">The store was written by a newer version of this program.</exception>
    Task<IReadOnlyList<string>> PendingAsync(CancellationToken cancellation);

    /// <summary>Applies them, each in a transaction; may be run twice.</summary>
    Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellation);

    /// <summary>The store's name and version, such as <c>PostgreSQL 15.6</c>.</summary>
    /// <exception cref="InvalidOperationException">The store can't be reached; the message says what to do.</exception>
    Task<string> VersionAsync(CancellationToken cancellation);
}

/// <summary>Small durable values: cursors of pollers, last fire times of schedules.</summary>
public interface IMarkStore
{
    /// <summary>The value, or null.</summary>
    Task<string?> ReadAsync(string name, CancellationToken cancellation);

    /// <summary>Sets the value.</summary>
    Task WriteAsync(string name, string value, CancellationToken cancellation);

    /// <summary>
    /// Takes a name once: true for the first caller ever, false after. For the run of a schedule at a time on any node.
    /// </summary>
    Task<bool> TakeOnceAsync(string name, CancellationToken cancellation);
}
