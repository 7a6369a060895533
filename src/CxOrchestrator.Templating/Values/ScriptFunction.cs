using CxOrchestrator.Templating.Rendering;
using CxOrchestrator.Templating.Syntax;

namespace CxOrchestrator.Templating.Values;

/// <summary>A function of a template. Names in it are looked up where it is called.</summary>
internal sealed class ScriptFunction(string name, Parameter[]? parameters, Block? body, Expression? value) : Callable(name)
{
    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => parameters ?? [];

    /// <inheritdoc/>
    public override bool TakesAnything => parameters is null;

    /// <inheritdoc/>
    public override object? Invoke(RenderContext context, in CallArguments arguments)
    {
        context.EnterCall(arguments.Span);
        var locals = context.Locals;
        var loops = context.Loops;
        var depth = context.Globals.Depth;
        context.Loops = 0;
        context.Locals = new LocalScope(arguments.All ?? new ScriptList(arguments.Values));
        if (parameters is not null) context.Globals.PushObject(Members(parameters, arguments));

        var result = value is not null ? value.Evaluate(context) : Run(context);

        context.Globals.Depth = depth;
        context.Locals = locals;
        context.Loops = loops;
        context.LeaveCall();
        return result;
    }

    private static ScriptMap Members(Parameter[] parameters, in CallArguments arguments)
    {
        var members = new ScriptMap();
        for (var i = 0; i < parameters.Length; i++) members.Set(parameters[i].Name, arguments[i]);
        return members;
    }

    private object? Run(RenderContext context)
    {
        if (body!.Execute(context) != Flow.Return) return null;
        var result = context.Returned;
        context.Returned = null;
        return result;
    }
}
