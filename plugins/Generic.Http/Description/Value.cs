using System.Globalization;
using CxOrchestrator.Templating;

namespace CxOrchestrator.Plugins.GenericHttp.Description;

/// <summary>
/// A value of a description: a constant, a template (<c>"tel:{{ message.to }}"</c>), which gives a text, or an expression (<c>"= change.values.score"</c>),
/// which gives what it is. In the template language of messages.
/// </summary>
internal sealed class Value
{
    private static readonly TemplateRenderOptions Options = new() { NullMembersAreNull = true };

    private readonly object? _constant;
    private readonly CompiledTemplate? _template;
    private readonly CompiledExpression? _expression;

    private Value(object? constant, CompiledTemplate? template, CompiledExpression? expression)
    {
        _constant = constant;
        _template = template;
        _expression = expression;
    }

    public static Value Constant(object? value) => new(value, null, null);

    /// <summary>Reads a text of a description.</summary>
    /// <param name="text">The text.</param>
    /// <param name="place">What a fault is told with.</param>
    /// <param name="always">True where the text is an expression even without the equals sign, as conditions and mappings are.</param>
    /// <param name="fault">What is wrong, or null.</param>
    public static Value Parse(string text, string place, bool always, out string? fault)
    {
        fault = null;
        if (always || text.StartsWith("= ", StringComparison.Ordinal))
        {
            var parsed = CompiledExpression.Parse(text.StartsWith("= ", StringComparison.Ordinal) ? text[2..] : text, place);
            if (parsed.Expression is { } expression)
                return new Value(null, null, expression);
            fault = parsed.Messages[0].Text;
        }
        else if (text.Contains("{{", StringComparison.Ordinal))
        {
            var parsed = CompiledTemplate.Parse(text, place);
            if (parsed.Template is { } template)
                return new Value(null, template, null);
            fault = parsed.Messages[0].Text;
        }

        return Constant(text);
    }

    /// <summary>The value over a model.</summary>
    /// <exception cref="DescriptionFault">The template or expression fails over this model.</exception>
    public object? Of(IReadOnlyDictionary<string, object?> model)
    {
        if (_expression is not null)
        {
            var result = _expression.Evaluate(model, Options);
            return result.Ok ? result.Value : throw new DescriptionFault($"'{_expression.Source}' can't be reckoned: {result.Error?.Text}");
        }

        if (_template is null)
            return _constant;
        var render = _template.Render(model, Options);
        return render.Ok ? render.Text : throw new DescriptionFault($"{_template.Name} can't be rendered: {render.Error.Text}");
    }

    /// <summary>The value as text; null where it is null.</summary>
    public string? TextOf(IReadOnlyDictionary<string, object?> model) => Of(model) switch
    {
        null => null,
        string text => text,
        bool flag => flag ? "true" : "false",
        DateTimeOffset time => time.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.FFFZ", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        var other => other.ToString(),
    };

    /// <summary>Whether a condition holds.</summary>
    public bool Holds(IReadOnlyDictionary<string, object?> model) => CompiledExpression.IsTrue(Of(model));
}

/// <summary>A description that is well formed and doesn't fit what came. The message is safe to show: it tells of the description.</summary>
internal sealed class DescriptionFault(string message) : Exception(message);
