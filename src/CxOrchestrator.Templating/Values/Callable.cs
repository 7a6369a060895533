using CxOrchestrator.Templating.Rendering;

namespace CxOrchestrator.Templating.Values;

/// <summary>A function: one of ours or one that a template declares.</summary>
internal abstract class Callable(string name)
{
    /// <summary>The name in messages.</summary>
    public string Name { get; } = name;

    /// <summary>The parameters in order; empty where any arguments are taken.</summary>
    public abstract IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Takes any arguments, as a list.</summary>
    public virtual bool TakesAnything => false;

    /// <summary>Number of arguments that there have to be.</summary>
    public virtual int Required => Parameters.Count(parameter => parameter is { Optional: false, Rest: false });

    /// <summary>Calls it. The arguments are bound to the parameters already.</summary>
    /// <param name="context">The rendering.</param>
    /// <param name="arguments">One value a parameter; without parameters the arguments as they came.</param>
    public abstract object? Invoke(RenderContext context, in CallArguments arguments);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
