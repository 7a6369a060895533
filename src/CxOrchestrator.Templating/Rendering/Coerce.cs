using System.Globalization;
using CxOrchestrator.Templating.Values;

namespace CxOrchestrator.Templating.Rendering;

/// <summary>Turns values into the kind that a function or statement needs.</summary>
internal static class Coerce
{
    /// <summary>Scriban's truth: all but null and false.</summary>
    public static bool IsTrue(object? value) => value is not (null or false);

    /// <summary>A whole number from a number or from text.</summary>
    public static bool TryInteger(RenderContext context, object? value, out long number)
    {
        number = 0;
        switch (value)
        {
            case int whole:
                number = whole;
                return true;
            case string text:
                return long.TryParse(text, NumberStyles.Integer, context.Culture, out number);
            case bool truth:
                number = truth ? 1 : 0;
                return true;
        }

        if (!Numbers.IsNumber(value)) return false;
        var real = Numbers.ToDouble(value!);
        if (!(Math.Abs(real) < 9e18)) return false;
        number = (long)real;
        return true;
    }

    /// <summary>A list as this rendering sees it; null for anything else.</summary>
    public static IReadOnlyList<object?>? AsList(RenderContext context, object? value) =>
        value is IReadOnlyList<object?> list ? context.Seen(list) : null;

    /// <summary>A map as this rendering sees it; null for anything else.</summary>
    public static IReadOnlyDictionary<string, object?>? AsMap(RenderContext context, object? value) =>
        value is IReadOnlyDictionary<string, object?> map ? context.Seen(map) : null;

    /// <summary>The items that a loop goes through; null where the value has none.</summary>
    public static IReadOnlyList<object?>? Items(RenderContext context, object? value)
    {
        switch (value)
        {
            case IReadOnlyList<object?> list:
                return context.Seen(list);
            case IReadOnlyDictionary<string, object?> map:
                return Pairs(context, context.Seen(map));
            case string or RawHtml:
                var text = ValueText.Of(context, value);
                context.Charge(4L * text.Length);
                return new ScriptList(text.Select(object? (c) => Box.Character(c)));
            default:
                return null;
        }
    }

    private static ScriptList Pairs(RenderContext context, IReadOnlyDictionary<string, object?> map)
    {
        context.Charge(64L * map.Count);
        var pairs = new ScriptList(map.Count);
        foreach (var (key, value) in map)
        {
            var pair = new ScriptMap();
            pair.Set("key", key);
            pair.Set("value", value);
            pairs.Add(pair);
        }

        return pairs;
    }
}
