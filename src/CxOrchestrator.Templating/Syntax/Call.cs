using CxOrchestrator.Templating.Lexing;
using CxOrchestrator.Templating.Rendering;
using CxOrchestrator.Templating.Values;

namespace CxOrchestrator.Templating.Syntax;

/// <summary>A call: <c>f a b</c>, <c>f(a, b)</c> or <c>a | f b</c>, whose first argument is what was piped.</summary>
internal sealed class Call(SourceSpan span, Expression target, Argument[] arguments, Expression? piped, bool parenthesized)
    : Expression(span)
{
    /// <summary>What is called.</summary>
    public Expression Target { get; } = target;

    /// <summary>Arguments behind it.</summary>
    public IReadOnlyList<Argument> Arguments { get; } = arguments;

    /// <summary>The value before the pipe, or null.</summary>
    public Expression? Piped { get; } = piped;

    /// <summary>The arguments stand in parentheses.</summary>
    public bool Parenthesized { get; } = parenthesized;

    /// <inheritdoc/>
    public override IEnumerable<SyntaxNode> Children
    {
        get
        {
            if (Piped is not null) yield return Piped;
            yield return Target;
            foreach (var argument in arguments) yield return argument.Value;
        }
    }

    /// <inheritdoc/>
    public override object? Evaluate(RenderContext context)
    {
        context.Step(this);
        var first = Piped?.Evaluate(context);
        if (Target.EvaluateUncalled(context) is not Callable function) throw NotAFunction(context);
        var bound = function.TakesAnything ? All(context, function, first) : Bound(context, function, first);
        try
        {
            return function.Invoke(context, bound);
        }
        catch (ArgumentFault fault)
        {
            throw new TemplateFault(SpanOf(function, fault.Parameter), fault.Message);
        }
        catch (OperatorFault fault)
        {
            throw new TemplateFault(Target.Span, fault.Message);
        }
    }

    /// <summary>Calls a function that is only named.</summary>
    public static object? WithoutArguments(RenderContext context, Callable function, SourceSpan span)
    {
        if (function.Required > 0) throw TooFew(function, 0, span.After());
        var values = function.TakesAnything ? [] : Defaults(function.Parameters);
        try
        {
            return function.Invoke(context, new CallArguments(values, function.TakesAnything ? new ScriptList() : null, span));
        }
        catch (Exception fault) when (fault is ArgumentFault or OperatorFault)
        {
            throw new TemplateFault(span, fault.Message);
        }
    }

    /// <summary>Calls a function that was passed to another one.</summary>
    /// <exception cref="TemplateFault">It takes other arguments.</exception>
    public static object? With(RenderContext context, Callable function, SourceSpan span, params ReadOnlySpan<object?> values)
    {
        context.Charge(16);
        if (function.TakesAnything) return function.Invoke(context, new CallArguments([], new ScriptList(values.ToArray()), span));
        if (values.Length < function.Required) throw TooFew(function, values.Length, span);
        var bound = Defaults(function.Parameters);
        var given = new bool[bound.Length];
        for (var i = 0; i < values.Length; i++) Place(context, function, bound, given, i, values[i], span);
        return function.Invoke(context, new CallArguments(bound, null, span));
    }

    private CallArguments All(RenderContext context, Callable function, object? first)
    {
        var all = new ScriptList(arguments.Length + 1);
        context.Charge(32 + (8L * arguments.Length));
        if (Piped is not null) all.Add(first);
        foreach (var argument in arguments)
        {
            var value = argument.Value.Evaluate(context);
            if (argument.Name is null) all.Add(value);
            else all.SetMember(argument.Name, value);
        }

        if (all.Count < function.Required) throw TooFew(function, all.Count, Span.After());
        return new CallArguments([], all, Span);
    }

    private CallArguments Bound(RenderContext context, Callable function, object? first)
    {
        var parameters = function.Parameters;
        var values = Defaults(parameters);
        var given = new bool[parameters.Count];
        var next = 0;
        if (Piped is not null) Place(context, function, values, given, next++, first, Piped.Span);
        foreach (var argument in arguments)
        {
            var index = argument.Name is null ? next++ : IndexOf(function, argument);
            Place(context, function, values, given, index, argument.Value.Evaluate(context), argument.Span);
        }

        for (var i = 0; i < parameters.Count; i++)
        {
            if (!given[i] && !parameters[i].Optional && !parameters[i].Rest) throw TooFew(function, next, Span.After());
        }

        return new CallArguments(values, null, Span);
    }

    private static object?[] Defaults(IReadOnlyList<Parameter> parameters)
    {
        if (parameters.Count == 0) return [];
        var values = new object?[parameters.Count];
        for (var i = 0; i < values.Length; i++) values[i] = parameters[i].Rest ? new ScriptList() : parameters[i].Default;
        return values;
    }

    private static void Place(RenderContext context, Callable function, object?[] values, bool[] given, int index, object? value,
        SourceSpan span)
    {
        var last = values.Length - 1;
        if (last >= 0 && index >= last && function.Parameters[last].Rest)
        {
            context.Charge(8);
            ((ScriptList)values[last]!).Add(value);
            return;
        }

        if (index >= values.Length)
            throw new TemplateFault(span, $"`{function.Name}` takes {values.Length} arguments, not more.");
        values[index] = value;
        given[index] = true;
    }

    private static int IndexOf(Callable function, Argument argument)
    {
        for (var i = 0; i < function.Parameters.Count; i++)
        {
            if (function.Parameters[i].Name == argument.Name) return i;
        }

        throw new TemplateFault(argument.Span, $"`{function.Name}` has no argument named `{argument.Name}`.");
    }

    private static TemplateFault TooFew(Callable function, int given, SourceSpan span) =>
        new(span, $"`{function.Name}` needs {function.Required} arguments, not {given}.");

    private TemplateFault NotAFunction(RenderContext context)
    {
        var value = Target.EvaluateUncalled(context);
        return value is null
            ? new TemplateFault(Target.Span, $"There is no function `{Target.Span}`.")
            : new TemplateFault(Target.Span, $"`{Target.Span}` is no function but a {Kind.Named(value)}.");
    }

    /// <summary>Where the argument for a parameter stands.</summary>
    private SourceSpan SpanOf(Callable function, int parameter)
    {
        if (parameter < 0) return Target.Span;
        foreach (var argument in arguments)
        {
            if (argument.Name is not null && parameter < function.Parameters.Count && function.Parameters[parameter].Name == argument.Name)
                return argument.Value.Span;
        }

        var position = Piped is null ? parameter : parameter - 1;
        if (position < 0) return Piped!.Span;
        return position < arguments.Length ? arguments[position].Value.Span : Target.Span;
    }
}
