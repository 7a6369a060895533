namespace CxOrchestrator.Templating.Syntax;

/// <summary>Operators that may not need their right side.</summary>
internal enum LogicOperator
{
    And,
    Or,
    IfNull,
    IfNotNull,
}
