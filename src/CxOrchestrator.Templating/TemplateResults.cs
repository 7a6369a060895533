using System.Diagnostics.CodeAnalysis;

namespace CxOrchestrator.Templating;

/// <summary>What became of a parse: a template, or the messages that say why not. Warnings may stand beside a template.</summary>
public sealed record TemplateParse(CompiledTemplate? Template, IReadOnlyList<TemplateMessage> Messages)
{
    /// <summary>True where there is a template to render.</summary>
    [MemberNotNullWhen(true, nameof(Template))]
    public bool Ok => Template is not null;
}

/// <summary>What became of the parse of a single expression, as journeys have in <c>when:</c>.</summary>
public sealed record ExpressionParse(CompiledExpression? Expression, IReadOnlyList<TemplateMessage> Messages)
{
    /// <summary>True where there is an expression to evaluate.</summary>
    [MemberNotNullWhen(true, nameof(Expression))]
    public bool Ok => Expression is not null;
}

/// <summary>What became of a rendering: the text, or the one error that ended it (output made so far is thrown away).</summary>
public sealed record TemplateRender(string? Text, TemplateMessage? Error)
{
    /// <summary>True where there is a text.</summary>
    [MemberNotNullWhen(true, nameof(Text))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Ok => Text is not null;
}

/// <summary>What became of an evaluation: a plain value (null is one), or the error.</summary>
public readonly record struct ExpressionResult(object? Value, TemplateMessage? Error)
{
    /// <summary>True where the evaluation ended without an error.</summary>
    public bool Ok => Error is null;
}
