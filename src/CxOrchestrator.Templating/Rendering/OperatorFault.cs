namespace CxOrchestrator.Templating.Rendering;

/// <summary>An operator doesn't work on its values; the expression turns it into an error at its place.</summary>
internal sealed class OperatorFault(string message, bool atRight = false) : Exception(message)
{
    /// <summary>Report it at the right value rather than at the operator.</summary>
    public bool AtRight { get; } = atRight;
}
