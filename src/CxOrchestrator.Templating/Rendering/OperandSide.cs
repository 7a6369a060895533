namespace CxOrchestrator.Templating.Rendering;

/// <summary>The value of an operator that is at fault.</summary>
internal enum OperandSide
{
    None,
    Left,
    Right,
}
