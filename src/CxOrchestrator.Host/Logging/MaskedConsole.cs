using CxOrchestrator.Plugins.Secrets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace CxOrchestrator.Host.Logging;

/// <summary>
/// Prints log lines as .NET's simple console does, without the connections' secrets. Connectors' own lines are masked before; this is for what
/// frameworks log, whose words may hold an address with a token or a header.
/// </summary>
internal sealed class MaskedConsole(SecretMask mask, IServiceProvider services) : ConsoleFormatter(FormatterName)
{
    /// <summary>The name under which it is chosen.</summary>
    public const string FormatterName = "masked";

    // One of its own kind, so that it can't be had in the constructor.
    private readonly Lazy<ConsoleFormatter> _simple = new(() => services.GetServices<ConsoleFormatter>().First(one => one.Name == ConsoleFormatterNames.Simple));

    /// <inheritdoc/>
    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        using var line = new StringWriter();
        _simple.Value.Write(logEntry, scopeProvider, line);
        textWriter.Write(mask.Apply(line.ToString()));
    }
}
