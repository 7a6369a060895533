using CxOrchestrator.Templating.Analysis;
using CxOrchestrator.Templating.Lexing;
using CxOrchestrator.Templating.Parsing;
using CxOrchestrator.Templating.Rendering;
using CxOrchestrator.Templating.Syntax;
using CxOrchestrator.Templating.Values;

namespace CxOrchestrator.Templating;

/// <summary>A parsed expression such as <c>answer.score &lt;= 6</c>: immutable, safe to share between threads.</summary>
public sealed class CompiledExpression
{
    private readonly Expression _root;
    private readonly Lazy<TemplateUses> _uses;

    private CompiledExpression(string source, Expression root)
    {
        Source = source;
        _root = root;
        _uses = new Lazy<TemplateUses>(() => TemplateUses.Of(root));
    }

    /// <summary>The text it was parsed from.</summary>
    public string Source { get; }

    /// <summary>Paths of model variables that the expression reads.</summary>
    public IReadOnlyList<VariableUse> Variables => _uses.Value.Variables;

    /// <summary>The truth that it has whatever the model says, such as that of <c>1 &gt; 2</c>; null where it depends on the model.</summary>
    public bool? ConstantTruth => Constants.Truth(_root);

    /// <summary>Parses one expression, without braces. Never throws on any text.</summary>
    public static ExpressionParse Parse(string text, string name, TemplateParseOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var source = new SourceText(text, name);
        var tokens = Lexer.Expression(text);
        var messages = new List<TemplateMessage>();
        var root = Parser.Single(source, tokens, messages);
        if (options is { WarnOfOtherLanguages: true }) OtherLanguages.Warn(source, tokens, false, messages);
        return new ExpressionParse(root is null ? null : new CompiledExpression(text, root), messages);
    }

    /// <summary>Evaluates over a model of plain values (see <see cref="CompiledTemplate.Render"/>). Never throws for what an expression does.</summary>
    public ExpressionResult Evaluate(IReadOnlyDictionary<string, object?> model, TemplateRenderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        var context = new RenderContext(model, options ?? TemplateRenderOptions.Default, _root, CancellationToken.None);
        try
        {
            var value = _root.Evaluate(context);
            return new ExpressionResult(value is RawHtml or EmptyValue or Callable or LoopState ? ValueText.Of(context, value) : value, null);
        }
        catch (Exception e)
        {
            return new ExpressionResult(null, Faults.Message(context, e));
        }
    }

    /// <summary>The expression in a uniform notation; parsed again it has the same value.</summary>
    public override string ToString() => ExpressionPrinter.Print(_root);

    /// <summary>Scriban's truth: false and null are false, everything else is true. An error is reported, never taken as true.</summary>
    public static bool IsTrue(object? value) => value is not (null or false);
}
