using System.Globalization;
using CxOrchestrator.Templating.Builtins;
using CxOrchestrator.Templating.Values;

namespace CxOrchestrator.Templating.Rendering;

/// <summary>Equality and order of values of all kinds.</summary>
internal static class Comparison
{
    private const int LongText = 256;
    private const int WorkOfItem = 16;

    /// <summary>Are two values equal, by the rules of <c>==</c>?</summary>
    public static bool AreEqual(RenderContext context, object? left, object? right)
    {
        if (left is string a && right is string b)
        {
            if (a.Length > LongText && a.Length == b.Length) context.Work(a.Length / 8);
            return a == b;
        }

        if (ReferenceEquals(left, right)) return left is not double.NaN;
        if (left is EmptyValue) return IsEmpty(context, right);
        if (right is EmptyValue) return IsEmpty(context, left);
        if (left is null || right is null) return false;
        if (left is string or RawHtml || right is string or RawHtml)
            return ValueText.Of(context, left) == ValueText.Of(context, right);
        if (Numbers.IsNumber(left) && Numbers.IsNumber(right)) return Numbers.Compare(left, right) == 0;
        if (left is bool || right is bool) return Coerce.IsTrue(left) == Coerce.IsTrue(right);
        if (DateText.CompareDates(context, left, right) is { } order) return order == 0;
        if (left is IReadOnlyList<object?> x && right is IReadOnlyList<object?> y) return SameItems(context, x, y, 0);
        return left.Equals(right);
    }

    /// <summary>Does an order hold? Nothing is less or greater than null.</summary>
    public static bool Holds(RenderContext context, BinaryOperator op, object? left, object? right)
    {
        if (left is null || right is null) return false;
        int order;
        if (left is int x && right is int y) order = x.CompareTo(y);
        else if (left is string or RawHtml || right is string or RawHtml)
            order = CompareTexts(context, left, right);
        else if (Numbers.IsNumber(left) && Numbers.IsNumber(right)) order = Numbers.Compare(left, right);
        else if (left is bool || right is bool) order = Coerce.IsTrue(left).CompareTo(Coerce.IsTrue(right));
        else if (DateText.CompareDates(context, left, right) is { } dates) order = dates;
        else if (left is TimeSpan s && right is TimeSpan t) order = s.CompareTo(t);
        else throw new OperatorFault($"{Kind.Phrase(left)} and {Kind.Phrase(right)} can't be compared with `{Operators.Symbol(op)}`.");
        return op switch
        {
            BinaryOperator.Less => order < 0,
            BinaryOperator.LessOrEqual => order <= 0,
            BinaryOperator.Greater => order > 0,
            _ => order >= 0,
        };
    }

    /// <summary>The order in which values are sorted: null first, values of unlike kinds by their text.</summary>
    public static int SortOrder(RenderContext context, object? left, object? right)
    {
        if (left is null || right is null) return (left is null ? 0 : 1) - (right is null ? 0 : 1);
        if (Numbers.IsNumber(left) && Numbers.IsNumber(right)) return Numbers.Compare(left, right);
        if (DateText.CompareDates(context, left, right) is { } dates) return dates;
        if (left is TimeSpan s && right is TimeSpan t) return s.CompareTo(t);
        return CompareTexts(context, left, right);
    }

    /// <summary>The order of two texts in the culture; comparing long ones takes time, which counts as text made.</summary>
    private static int CompareTexts(RenderContext context, object left, object right)
    {
        var a = ValueText.Of(context, left);
        var b = ValueText.Of(context, right);
        context.Charge(Math.Min(a.Length, b.Length) / 4);
        return context.Culture.CompareInfo.Compare(a, b, CompareOptions.None);
    }

    private static bool IsEmpty(RenderContext context, object? value) => value switch
    {
        EmptyValue => true,
        IReadOnlyDictionary<string, object?> map => context.Seen(map).Count == 0,
        IReadOnlyList<object?> list => context.Seen(list).Count == 0,
        _ => false,
    };

    private static bool SameItems(RenderContext context, IReadOnlyList<object?> left, IReadOnlyList<object?> right, int depth)
    {
        left = context.Seen(left);
        right = context.Seen(right);
        if (left.Count != right.Count || depth > context.Options.ObjectDepthLimit) return false;
        for (var i = 0; i < left.Count; i++)
        {
            // Lists that hold the same list many times have more items than anybody has time for.
            context.Work(WorkOfItem);
            var same = left[i] is IReadOnlyList<object?> a && right[i] is IReadOnlyList<object?> b
                ? SameItems(context, a, b, depth + 1)
                : AreEqual(context, left[i], right[i]);
            if (!same) return false;
        }

        return true;
    }
}
