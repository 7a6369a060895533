using CxOrchestrator.Templating;

namespace CxOrchestrator.Core.Journeys;

/// <summary>
/// An expression of the template language in a journey: a condition, or a value. It sees <c>customer</c>, <c>event</c>, <c>answer</c>,
/// <c>journey</c>.
/// </summary>
public sealed class Condition
{
    private static readonly TemplateRenderOptions Options = new() { NullMembersAreNull = true };

    private readonly CompiledExpression _expression;

    /// <summary>Wraps a parsed expression.</summary>
    public Condition(CompiledExpression expression) => _expression = expression;

    /// <summary>Its text.</summary>
    public string Source => _expression.Source;

    /// <summary>The compiled expression.</summary>
    public CompiledExpression Expression => _expression;

    /// <summary>Whether it holds; an error is false, with the reason.</summary>
    public bool Holds(IReadOnlyDictionary<string, object?> model, out string? error)
    {
        var result = _expression.Evaluate(model, Options);
        error = result.Error?.ToString();
        return result.Ok && CompiledExpression.IsTrue(result.Value);
    }

    /// <summary>Its value; an error is null, with the reason.</summary>
    public object? Value(IReadOnlyDictionary<string, object?> model, out string? error)
    {
        var result = _expression.Evaluate(model, Options);
        error = result.Error?.ToString();
        return result.Ok ? result.Value : null;
    }

    /// <inheritdoc/>
    public override string ToString() => Source;
}
