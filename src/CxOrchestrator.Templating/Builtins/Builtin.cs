using CxOrchestrator.Templating.Rendering;
using CxOrchestrator.Templating.Values;

namespace CxOrchestrator.Templating.Builtins;

/// <summary>A function of ours. Strings that it makes count against the limits.</summary>
internal sealed class Builtin(string name, Parameter[] parameters, Func<RenderContext, CallArguments, object?> body) : Callable(name)
{
    private const int LongText = 256;
    private readonly int _required = parameters.Count(parameter => parameter is { Optional: false, Rest: false });

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => parameters;

    /// <inheritdoc/>
    public override int Required => _required;

    /// <inheritdoc/>
    public override object? Invoke(RenderContext context, in CallArguments arguments)
    {
        foreach (var value in arguments.Values)
        {
            // Most functions go through their texts once, and a function such as array.filter calls another without a step between.
            if (value is string { Length: > LongText } plain) context.Work(plain.Length);
            else if (value is RawHtml { Text.Length: > LongText } html) context.Work(html.Text.Length);
        }

        var result = body(context, arguments);
        if (result is string text) context.ChargeText(text.Length);
        return result;
    }
}
