namespace CxOrchestrator.Templating.Syntax;

/// <summary>Operators before one value.</summary>
internal enum UnaryOperator
{
    Not,
    Negate,
    Plus,
}
