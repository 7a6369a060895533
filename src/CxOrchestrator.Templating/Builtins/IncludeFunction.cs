using CxOrchestrator.Templating.Lexing;
using CxOrchestrator.Templating.Rendering;
using CxOrchestrator.Templating.Values;

namespace CxOrchestrator.Templating.Builtins;

/// <summary><c>include name arguments…</c>: renders another template and gives its text.</summary>
internal sealed class IncludeFunction() : Callable("include")
{
    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [];

    /// <inheritdoc/>
    public override bool TakesAnything => true;

    /// <inheritdoc/>
    public override int Required => 1;

    /// <inheritdoc/>
    public override object? Invoke(RenderContext context, in CallArguments arguments) =>
        context.Rendered(Text(context, arguments.All![0], arguments.All, arguments.Span));

    /// <summary>The text of another template.</summary>
    /// <param name="context">The rendering.</param>
    /// <param name="name">Name of the template.</param>
    /// <param name="arguments">What <c>$</c> is in it.</param>
    /// <param name="span">Where errors of finding it are reported.</param>
    public static string Text(RenderContext context, object? name, ScriptList arguments, SourceSpan span)
    {
        var found = ValueText.Of(context, name);
        if (found.Length == 0) throw new TemplateFault(span, "The name of the template to include is null or empty.");
        var template = context.Options.Loader?.Load(found) ??
            throw new TemplateFault(span, $"There is no template `{found}` to include, or it has errors.");
        context.EnterCall(span);
        var (output, locals, loops) = (context.Output, context.Locals, context.Loops);
        var depth = context.Globals.Depth;
        context.Output = context.NewOutput();
        context.Locals = new LocalScope(arguments);
        context.Loops = 0;

        template.RenderInto(context);
        var text = context.Output.Finish();

        context.Globals.Depth = depth;
        (context.Output, context.Locals, context.Loops) = (output, locals, loops);
        context.LeaveCall();
        context.Charge(text.Length);
        return text;
    }
}
