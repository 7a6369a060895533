namespace CxOrchestrator.Templating.Rendering;

/// <summary>A function doesn't take one of its arguments; the call turns it into an error at that argument.</summary>
internal sealed class ArgumentFault(int parameter, string message) : Exception(message)
{
    /// <summary>Number of the parameter, from 0; -1 for the whole call.</summary>
    public int Parameter { get; } = parameter;
}
