using System.Globalization;
using System.Numerics;
using CxOrchestrator.Templating.Lexing;
using CxOrchestrator.Templating.Rendering;
using CxOrchestrator.Templating.Values;

namespace CxOrchestrator.Templating.Parsing;

/// <summary>Reads numbers as they are written in code, in no culture.</summary>
internal static class NumberLiteral
{
    private const int LongestInteger = 1000;
    private const int LargestExponent = 400;

    /// <summary>The number; null where it is too large.</summary>
    public static object? Read(TokenKind kind, string text)
    {
        if (text.Length > LongestInteger) return null;
        text = text.Replace("_", "", StringComparison.Ordinal);
        return kind switch
        {
            TokenKind.Integer => Integer(text),
            TokenKind.Float => Float(text),
            _ => Radix(text, kind == TokenKind.HexInteger),
        };
    }

    private static object? Integer(string text)
    {
        var at = text.AsSpan().IndexOfAny('e', 'E');
        if (at < 0) return Numbers.Narrow(BigInteger.Parse(text, CultureInfo.InvariantCulture));
        if (!int.TryParse(text.AsSpan(at + 1), CultureInfo.InvariantCulture, out var exponent) || exponent > LargestExponent) return null;
        return Numbers.Narrow(BigInteger.Parse(text.AsSpan(0, at), NumberStyles.None, CultureInfo.InvariantCulture) * BigInteger.Pow(10, exponent));
    }

    private static object? Float(string text)
    {
        const NumberStyles Style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        switch (char.ToLowerInvariant(text[^1]))
        {
            case 'f':
                var single = float.Parse(text.AsSpan(0, text.Length - 1), Style, CultureInfo.InvariantCulture);
                return float.IsFinite(single) ? single : null;
            case 'm':
                return decimal.TryParse(text.AsSpan(0, text.Length - 1), Style, CultureInfo.InvariantCulture, out var exact) ? exact : null;
            case var last:
                var real = double.Parse(text.AsSpan(0, last == 'd' ? text.Length - 1 : text.Length), Style, CultureInfo.InvariantCulture);
                return double.IsFinite(real) ? real : null;
        }
    }

    private static object? Radix(string text, bool hex)
    {
        var unsigned = text[^1] is 'u' or 'U';
        var digits = text.AsSpan(2, text.Length - 2 - (unsigned ? 1 : 0)).TrimStart('0');
        if (digits.Length == 0) return Box.Int(0);
        if (digits.Length > (hex ? 16 : 64)) return null;
        var value = hex
            ? ulong.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
            : ulong.Parse(digits, NumberStyles.AllowBinarySpecifier, CultureInfo.InvariantCulture);
        if (unsigned) return Numbers.Narrow(value);
        // Without the u, all bits count and the highest is the sign.
        return value <= uint.MaxValue ? Box.Int(unchecked((int)(uint)value)) : Box.Number(unchecked((long)value));
    }
}
