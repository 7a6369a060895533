namespace CxOrchestrator.Templating.Rendering;

/// <summary>An operator doesn't work on its values; the expression turns it into an error at its place.</summary>
internal sealed class OperatorFault(string message, OperandSide side = OperandSide.None) : Exception(message)
{
    /// <summary>The value that is at fault, to be reported there rather than at the operator.</summary>
    public OperandSide Side { get; } = side;
}
