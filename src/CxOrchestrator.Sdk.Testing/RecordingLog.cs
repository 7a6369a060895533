using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Sdk.Testing;

/// <summary>A logger that keeps what it is told, with the text of exceptions.</summary>
public sealed class RecordingLog : ILogger
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> _entries = new();

    /// <summary>What was written, in order.</summary>
    public IReadOnlyList<(LogLevel Level, string Text)> Entries => [.. _entries];

    /// <summary>All of it as one text.</summary>
    public string Text => string.Join('\n', _entries.Select(entry => entry.Text));

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => true;

    /// <inheritdoc/>
    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _entries.Enqueue((logLevel, exception is null ? formatter(state, exception) : $"{formatter(state, exception)} {exception}"));
}
