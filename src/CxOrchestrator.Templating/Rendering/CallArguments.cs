using CxOrchestrator.Templating.Lexing;
using CxOrchestrator.Templating.Values;

namespace CxOrchestrator.Templating.Rendering;

/// <summary>The arguments of one call.</summary>
/// <param name="Values">One a parameter; for a function that takes anything, none.</param>
/// <param name="All">For a function that takes anything: all positional arguments, the named ones as members.</param>
/// <param name="Span">Where the call stands.</param>
internal readonly record struct CallArguments(object?[] Values, ScriptList? All, SourceSpan Span)
{
    /// <summary>The value for a parameter.</summary>
    public object? this[int index] => Values[index];

    /// <summary>An argument as text; null stays null.</summary>
    public string? Text(RenderContext context, int index) =>
        Values[index] is string text ? text : Values[index] is null ? null : ValueText.Of(context, Values[index]);

    /// <summary>An argument as text; null is empty.</summary>
    public string TextOrEmpty(RenderContext context, int index) => Text(context, index) ?? "";

    /// <summary>An argument as a whole number; null is 0.</summary>
    /// <exception cref="ArgumentFault">It is none.</exception>
    public int Integer(RenderContext context, int index)
    {
        if (Values[index] is null) return 0;
        if (!Coerce.TryInteger(context, Values[index], out var number)) throw Mismatch(index, "whole number");
        return (int)Math.Clamp(number, int.MinValue, int.MaxValue);
    }

    /// <summary>An argument as a number; null is 0.</summary>
    /// <exception cref="ArgumentFault">It is none.</exception>
    public object Number(int index) =>
        Values[index] is null ? Box.Int(0) : Numbers.IsNumber(Values[index]) ? Values[index]! : throw Mismatch(index, "number");

    /// <summary>An argument as a double; null is 0.</summary>
    /// <exception cref="ArgumentFault">It is no number.</exception>
    public double Real(int index) => Numbers.ToDouble(Number(index));

    /// <summary>An argument as a list; null stays null, a single value is a list of one.</summary>
    public IReadOnlyList<object?>? List(RenderContext context, int index) => Values[index] switch
    {
        null => null,
        IReadOnlyList<object?> list => context.Seen(list),
        IReadOnlyDictionary<string, object?> map => Coerce.Items(context, map),
        var single => new ScriptList([single]),
    };

    /// <summary>An argument as a function; null stays null.</summary>
    /// <exception cref="ArgumentFault">It is none.</exception>
    public Callable? Function(int index) => Values[index] switch
    {
        null => null,
        Callable function => function,
        _ => throw new ArgumentFault(index, $"A function is needed here, not a {Kind.Named(Values[index])}. Write @name to pass a function."),
    };

    private ArgumentFault Mismatch(int index, string kind) =>
        new(index, $"A {kind} is needed here, not the {Kind.Named(Values[index])} `{Values[index]}`.");
}
