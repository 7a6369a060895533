using System.Globalization;
using System.Numerics;
using System.Text;
using CxOrchestrator.Templating.Builtins;
using CxOrchestrator.Templating.Values;

namespace CxOrchestrator.Templating.Rendering;

/// <summary>Turns values into text as the language prints them.</summary>
internal static class ValueText
{
    /// <summary>Even a host that sets no limit doesn't print a list within itself for ever.</summary>
    private const int DeepestStructure = 500;
    private const int WorkOfItem = 16;

    /// <summary>A value as text; null is empty.</summary>
    public static string Of(RenderContext context, object? value) => value switch
    {
        null or EmptyValue => "",
        string text => text,
        RawHtml raw => raw.Text,
        bool truth => truth ? "true" : "false",
        IReadOnlyDictionary<string, object?> or IReadOnlyList<object?> => Structure(context, value),
        DateTime or DateTimeOffset => DateText.Default(context, value),
        BigInteger big => big.ToString(context.Culture),
        IFormattable formattable => formattable.ToString(null, context.Culture),
        LoopState => "for",
        _ => value.ToString() ?? "",
    };

    /// <summary>A string as it is written in code, in double quotes.</summary>
    public static void Quote(StringBuilder into, string text)
    {
        into.Append('"');
        EscapeCode(into, text);
        into.Append('"');
    }

    /// <summary>A string with its special characters as escapes.</summary>
    public static void EscapeCode(StringBuilder into, string text)
    {
        foreach (var c in text)
        {
            var escape = c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\b' => "\\b",
                '\f' => "\\f",
                '\v' => "\\v",
                '\0' => "\\0",
                _ => null,
            };
            if (escape is not null) into.Append(escape);
            else if (char.IsControl(c)) into.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
            else into.Append(c);
        }
    }

    private static string Structure(RenderContext context, object value)
    {
        var text = new StringBuilder();
        Append(context, text, value, 0);
        context.Charge(text.Length);
        return text.ToString();
    }

    private static void Append(RenderContext context, StringBuilder into, object? value, int depth)
    {
        var limit = context.Options.ObjectDepthLimit > 0 ? Math.Min(context.Options.ObjectDepthLimit, DeepestStructure) : DeepestStructure;
        if (depth > limit) throw new ArgumentFault(-1, $"The value is nested deeper than the limit of {limit}, or within itself.");
        if (into.Length > context.Options.OutputLimit && context.Options.OutputLimit > 0)
        {
            if (context.Options.CutOutputAtLimit) return;
            throw new ArgumentFault(-1, $"The text of the value is longer than the limit of {context.Options.OutputLimit} characters.");
        }

        context.Work(WorkOfItem);
        switch (value)
        {
            case null:
                into.Append("null");
                break;
            case string text:
                Quote(into, text);
                break;
            case IReadOnlyDictionary<string, object?> map:
                AppendMap(context, into, context.Seen(map), depth);
                break;
            case IReadOnlyList<object?> list:
                AppendList(context, into, context.Seen(list), depth);
                break;
            default:
                into.Append(Of(context, value));
                break;
        }
    }

    private static void AppendMap(RenderContext context, StringBuilder into, IReadOnlyDictionary<string, object?> map, int depth)
    {
        into.Append('{');
        var separator = "";
        foreach (var (key, value) in map)
        {
            into.Append(separator).Append(key).Append(": ");
            Append(context, into, value, depth + 1);
            separator = ", ";
        }

        into.Append('}');
    }

    private static void AppendList(RenderContext context, StringBuilder into, IReadOnlyList<object?> list, int depth)
    {
        into.Append('[');
        for (var i = 0; i < list.Count; i++)
        {
            if (i > 0) into.Append(", ");
            Append(context, into, list[i], depth + 1);
        }

        into.Append(']');
    }
}
