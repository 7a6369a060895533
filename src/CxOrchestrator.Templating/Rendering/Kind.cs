using System.Numerics;
using CxOrchestrator.Templating.Values;

namespace CxOrchestrator.Templating.Rendering;

/// <summary>Names of the kinds of values, as messages and <c>object.kind</c> give them.</summary>
internal static class Kind
{
    /// <summary>The kind, such as <c>int</c> or <c>array</c>; null for null.</summary>
    public static string? Of(object? value) => value switch
    {
        null => null,
        bool => "bool",
        byte => "byte",
        sbyte => "sbyte",
        short => "short",
        ushort => "ushort",
        int => "int",
        uint => "uint",
        long => "long",
        ulong => "ulong",
        float => "float",
        double => "double",
        decimal => "decimal",
        BigInteger => "bigint",
        string or RawHtml => "string",
        ScriptRange => "range",
        Callable => "function",
        IReadOnlyList<object?> => "array",
        _ => "object",
    };

    /// <summary>The rougher type that <c>object.typeof</c> gives.</summary>
    public static string? TypeOf(object? value) => value switch
    {
        null => null,
        bool => "boolean",
        string or RawHtml => "string",
        ScriptRange => "iterator",
        IReadOnlyList<object?> => "array",
        _ => Numbers.IsNumber(value) ? "number" : "object",
    };

    /// <summary>The kind in a message, with its article. Messages name kinds, not values: those may be a customer's.</summary>
    public static string Phrase(object? value)
    {
        if (value is null) return "null";
        var kind = value is DateTime or DateTimeOffset ? "date" : value is TimeSpan ? "timespan" : Of(value)!;
        return (kind[0] is 'a' or 'i' or 'o' ? "an " : "a ") + kind;
    }
}
