namespace CxOrchestrator.Templating;

/// <summary>A parsed template: immutable, safe to share between threads.</summary>
public sealed class CompiledTemplate
{
    internal CompiledTemplate(string name) => Name = name;

    /// <summary>The name given to the parser.</summary>
    public string Name { get; }

    /// <summary>Parses a template. Never throws on any text.</summary>
    /// <param name="text">The template's text.</param>
    /// <param name="name">The name that messages carry, for example <c>thank-you/en.html</c>.</param>
    /// <param name="options">Parser options; default <see cref="TemplateParseOptions.Scriban"/>.</param>
    public static TemplateParse Parse(string text, string name, TemplateParseOptions? options = null) =>
        throw new NotImplementedException();

    /// <summary>Renders over a model. Never throws for what a template does; cancellation throws.</summary>
    /// <param name="model">
    /// The global variables: plain values only (null, bool, int, long, double, decimal, string, DateTimeOffset, DateTime,
    /// TimeSpan, lists as <c>IReadOnlyList&lt;object?&gt;</c>, maps as <c>IReadOnlyDictionary&lt;string, object?&gt;</c>).
    /// The template never changes it.
    /// </param>
    /// <param name="options">Culture, zone, limits.</param>
    /// <param name="cancellation">Ends the rendering.</param>
    public TemplateRender Render(IReadOnlyDictionary<string, object?> model, TemplateRenderOptions? options = null,
        CancellationToken cancellation = default) => throw new NotImplementedException();

    /// <summary>Paths of model variables that the template reads, such as <c>customer.name</c>, with where; for linting.</summary>
    public IReadOnlyList<VariableUse> Variables => throw new NotImplementedException();

    /// <summary>Names that the template includes by a literal.</summary>
    public IReadOnlyList<VariableUse> Includes => throw new NotImplementedException();
}

/// <summary>A name that a template uses, and where.</summary>
public sealed record VariableUse(string Path, int Line, int Column);

/// <summary>A parsed expression such as <c>answer.score &lt;= 6</c>: immutable, safe to share between threads.</summary>
public sealed class CompiledExpression
{
    internal CompiledExpression(string source) => Source = source;

    /// <summary>The text it was parsed from.</summary>
    public string Source { get; }

    /// <summary>Parses one expression, without braces. Never throws on any text.</summary>
    public static ExpressionParse Parse(string text, string name, TemplateParseOptions? options = null) =>
        throw new NotImplementedException();

    /// <summary>Evaluates over a model of plain values (see <see cref="CompiledTemplate.Render"/>). Never throws for what an expression does.</summary>
    public ExpressionResult Evaluate(IReadOnlyDictionary<string, object?> model, TemplateRenderOptions? options = null) =>
        throw new NotImplementedException();

    /// <summary>Scriban's truth: false and null are false, everything else is true. An error is reported, never taken as true.</summary>
    public static bool IsTrue(object? value) => value is not (null or false);

    /// <summary>Paths of model variables that the expression reads.</summary>
    public IReadOnlyList<VariableUse> Variables => throw new NotImplementedException();
}
