using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Plugins.Secrets;

/// <summary>The log that a connector writes to: what it writes goes on as plain text with the secrets taken out.</summary>
internal sealed class MaskedLog(ILogger inner, SecretMask mask, ExceptionText exceptions) : ILogger
{
    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => inner.BeginScope(mask.Apply(state.ToString() ?? ""));

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!inner.IsEnabled(logLevel))
            return;
        var text = mask.Apply(formatter(state, exception));

        // The exception itself would be printed with its message as it is.
        if (exception is not null)
            text += Environment.NewLine + exceptions.Of(exception) + Environment.NewLine + exception.StackTrace;
        inner.Log(logLevel, eventId, text, null, static (line, _) => line);
    }
}
