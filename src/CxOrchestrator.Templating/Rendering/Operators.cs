using CxOrchestrator.Templating.Builtins;
using CxOrchestrator.Templating.Values;

namespace CxOrchestrator.Templating.Rendering;

/// <summary>What operators do with values of all kinds.</summary>
internal static class Operators
{
    /// <summary>Text of an operator, as it is written.</summary>
    public static string Symbol(BinaryOperator op) => op switch
    {
        BinaryOperator.Add => "+",
        BinaryOperator.Subtract => "-",
        BinaryOperator.Multiply => "*",
        BinaryOperator.Divide => "/",
        BinaryOperator.DivideWhole => "//",
        BinaryOperator.Modulo => "%",
        BinaryOperator.ShiftLeft => "<<",
        BinaryOperator.ShiftRight => ">>",
        BinaryOperator.Equal => "==",
        BinaryOperator.NotEqual => "!=",
        BinaryOperator.Less => "<",
        BinaryOperator.LessOrEqual => "<=",
        BinaryOperator.Greater => ">",
        BinaryOperator.GreaterOrEqual => ">=",
        BinaryOperator.RangeInclusive => "..",
        _ => "..<",
    };

    /// <summary>Applies an operator.</summary>
    /// <exception cref="OperatorFault">The operator doesn't work on these values.</exception>
    public static object? Apply(RenderContext context, BinaryOperator op, object? left, object? right)
    {
        if (op is BinaryOperator.Equal) return Box.Bool(Comparison.AreEqual(context, left, right));
        if (op is BinaryOperator.NotEqual) return Box.Bool(!Comparison.AreEqual(context, left, right));
        if (op is >= BinaryOperator.Less and <= BinaryOperator.GreaterOrEqual) return Box.Bool(Comparison.Holds(context, op, left, right));
        if (left is string or RawHtml || right is string or RawHtml) return Texts(context, op, left, right);
        if (op is BinaryOperator.ShiftLeft or BinaryOperator.ShiftRight && Appended(context, op, left, right) is { } list) return list;
        if (left is null || right is null) return null;
        if (op is BinaryOperator.RangeInclusive or BinaryOperator.RangeExclusive) return Range(context, op, left, right);
        if (Numbers.IsNumber(left) && Numbers.IsNumber(right)) return Arithmetic(op, left, right);
        return Times(context, op, left, right) ?? Lists(context, op, left, right) ?? throw Unsupported(op, left, right);
    }

    private static object Arithmetic(BinaryOperator op, object left, object right)
    {
        try
        {
            return Numbers.Apply(op, left, right) ?? throw Unsupported(op, left, right);
        }
        catch (ArithmeticException e)
        {
            throw new OperatorFault(e is DivideByZeroException ? "Division by zero." : "The number is too large.");
        }
    }

    private static OperatorFault Unsupported(BinaryOperator op, object? left, object? right) =>
        new($"The operator `{Symbol(op)}` is not supported between {Kind.Phrase(left)} and {Kind.Phrase(right)}.");

    private static object? Texts(RenderContext context, BinaryOperator op, object? left, object? right)
    {
        if (op == BinaryOperator.Add) return Joined(context, left, right);
        if (op == BinaryOperator.Multiply) return Repeated(context, left, right);
        if (op is BinaryOperator.ShiftLeft or BinaryOperator.ShiftRight && Appended(context, op, left, right) is { } list) return list;
        throw new OperatorFault($"The operator `{Symbol(op)}` is not supported on strings.");
    }

    /// <summary>HTML and plain text joined are HTML, the plain part escaped.</summary>
    public static object Joined(RenderContext context, object? left, object? right)
    {
        var a = ValueText.Of(context, left);
        var b = ValueText.Of(context, right);
        if (left is RawHtml || right is RawHtml)
        {
            if (left is not RawHtml) a = HtmlFunctions.Escaped(a);
            if (right is not RawHtml) b = HtmlFunctions.Escaped(b);
        }

        context.ChargeText((long)a.Length + b.Length);
        return left is RawHtml || right is RawHtml ? new RawHtml(a + b) : a + b;
    }

    /// <summary>A text so many times; of two texts the right one is repeated.</summary>
    private static string Repeated(RenderContext context, object? left, object? right)
    {
        var swapped = right is string or RawHtml;
        var text = ValueText.Of(context, swapped ? right : left);
        var side = swapped ? OperandSide.Left : OperandSide.Right;
        var times = swapped ? left : right;
        long count = 0;
        if (times is not null && !Coerce.TryInteger(context, times, out count))
            throw new OperatorFault("A text can only be repeated a whole number of times.", side);
        if (count <= 0 || text.Length == 0) return "";
        var limit = context.Options.OutputLimit == 0 ? int.MaxValue / 4 : context.Options.OutputLimit;
        if (count > limit || text.Length * count > limit)
            throw new OperatorFault($"The string would have more than {limit} characters, the limit.", side);
        context.Charge(text.Length * count);
        return string.Create((int)(text.Length * count), text, static (into, part) =>
        {
            for (var at = 0; at < into.Length; at += part.Length) part.CopyTo(into[at..]);
        });
    }

    private static ScriptRange Range(RenderContext context, BinaryOperator op, object left, object right)
    {
        if (Numbers.Rank(left) is NumberRank.None or > NumberRank.Big || Numbers.Rank(right) is NumberRank.None or > NumberRank.Big)
            throw Unsupported(op, left, right);
        var limit = context.Options.LoopLimit == 0 ? int.MaxValue : context.Options.LoopLimit;
        try
        {
            return ScriptRange.Between(Numbers.ToLong(left), Numbers.ToLong(right), op == BinaryOperator.RangeInclusive, limit)
                ?? throw new OperatorFault($"The range has more numbers than the limit of {limit} for loops.");
        }
        catch (OverflowException)
        {
            throw new OperatorFault("The number is too large for a range.");
        }
    }

    private static object? Times(RenderContext context, BinaryOperator op, object left, object right) => (op, left, right) switch
    {
        (BinaryOperator.Add, TimeSpan a, TimeSpan b) => a + b,
        (BinaryOperator.Subtract, TimeSpan a, TimeSpan b) => a - b,
        (BinaryOperator.Add, DateTime a, TimeSpan b) => Shifted(a, b),
        (BinaryOperator.Subtract, DateTime a, TimeSpan b) => Shifted(a, -b),
        (BinaryOperator.Add, DateTimeOffset a, TimeSpan b) => new DateTimeOffset(Shifted(a.DateTime, b), a.Offset),
        (BinaryOperator.Subtract, DateTimeOffset a, TimeSpan b) => new DateTimeOffset(Shifted(a.DateTime, -b), a.Offset),
        (BinaryOperator.Subtract, DateTimeOffset a, DateTimeOffset b) => a - b,
        (BinaryOperator.Subtract, DateTime a, DateTime b) => a - b,
        (BinaryOperator.Subtract, DateTime or DateTimeOffset, DateTime or DateTimeOffset) =>
            DateText.Wall(context, left)!.Value - DateText.Wall(context, right)!.Value,
        _ => null,
    };

    private static DateTime Shifted(DateTime date, TimeSpan by)
    {
        try
        {
            return date.Add(by);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new OperatorFault("The date is out of range.");
        }
    }

    private static ScriptList? Lists(RenderContext context, BinaryOperator op, object left, object right)
    {
        if (op == BinaryOperator.Add && left is IReadOnlyList<object?> a && right is IReadOnlyList<object?> b)
        {
            (a, b) = (context.Seen(a), context.Seen(b));
            context.Charge(4L * (a.Count + (long)b.Count));
            return new ScriptList(a.Concat(b));
        }

        if (op != BinaryOperator.Multiply) return null;
        var (list, times) = left is IReadOnlyList<object?> ? (left as IReadOnlyList<object?>, right) : (right as IReadOnlyList<object?>, left);
        if (list is null || !Numbers.IsNumber(times)) return null;
        var count = Math.Clamp((long)Numbers.ToDouble(times), 0, int.MaxValue);
        var limit = context.Options.LoopLimit == 0 ? int.MaxValue : context.Options.LoopLimit;
        list = context.Seen(list);
        // Nothing is of no length however often, but not of no time.
        if (list.Count == 0) return new ScriptList();
        if (list.Count * count > limit) throw new OperatorFault($"The list would have more items than the limit of {limit} for loops.");
        context.Charge(4L * list.Count * count);
        return new ScriptList(Enumerable.Repeat(list, (int)count).SelectMany(item => item));
    }

    private static ScriptList? Appended(RenderContext context, BinaryOperator op, object? left, object? right)
    {
        var (list, item) = op == BinaryOperator.ShiftLeft ? (left, right) : (right, left);
        if (list is not IReadOnlyList<object?> items) return null;
        items = context.Seen(items);
        context.Charge(4L * (items.Count + 1));
        var copy = new ScriptList(items);
        if (op == BinaryOperator.ShiftLeft) copy.Add(item);
        else copy.Insert(0, item);
        return copy;
    }
}
