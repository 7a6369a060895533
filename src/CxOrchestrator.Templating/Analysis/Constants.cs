using CxOrchestrator.Templating.Rendering;
using CxOrchestrator.Templating.Syntax;
using CxOrchestrator.Templating.Values;

namespace CxOrchestrator.Templating.Analysis;

/// <summary>Finds conditions that are the same whatever the model says.</summary>
internal static class Constants
{
    private static readonly IReadOnlyDictionary<string, object?> Nothing = new Dictionary<string, object?>();

    /// <summary>The truth that a condition always has, or null where it depends on something, or fails.</summary>
    public static bool? Truth(Expression condition) => condition switch
    {
        Nested nested => Truth(nested.Inner),
        Unary { Operator: UnaryOperator.Not } not => !Truth(not.Operand),
        Logic { Operator: LogicOperator.And } and => Both(Truth(and.Left), Truth(and.Right)),
        Logic { Operator: LogicOperator.Or } or => !Both(!Truth(or.Left), !Truth(or.Right)),
        _ => IsFixed(condition) ? Evaluated(condition) : null,
    };

    /// <summary>Is it made of literals and operators alone?</summary>
    public static bool IsFixed(SyntaxNode node) =>
        node is Literal or Nested or Unary or Binary or Logic or Conditional && node.Children.All(IsFixed);

    // Null is: not known.
    private static bool? Both(bool? left, bool? right) =>
        left == false || right == false ? false : left == true && right == true ? true : null;

    private static bool? Evaluated(Expression condition)
    {
        try
        {
            return Coerce.IsTrue(condition.Evaluate(new RenderContext(Nothing, TemplateRenderOptions.Default, condition, CancellationToken.None)));
        }
        catch (Exception)
        {
            // Whatever fails, such as the negative of a text, fails again where it is rendered, and is told there.
            return null;
        }
    }
}
