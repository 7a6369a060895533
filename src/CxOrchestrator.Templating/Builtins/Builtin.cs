using CxOrchestrator.Templating.Rendering;
using CxOrchestrator.Templating.Values;

namespace CxOrchestrator.Templating.Builtins;

/// <summary>A function of ours. Strings that it makes count against the limits.</summary>
internal sealed class Builtin(string name, Parameter[] parameters, Func<RenderContext, CallArguments, object?> body) : Callable(name)
{
    private readonly int _required = parameters.Count(parameter => parameter is { Optional: false, Rest: false });

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => parameters;

    /// <inheritdoc/>
    public override int Required => _required;

    /// <inheritdoc/>
    public override object? Invoke(RenderContext context, in CallArguments arguments)
    {
        var result = body(context, arguments);
        if (result is string text) context.ChargeText(text.Length);
        return result;
    }
}
