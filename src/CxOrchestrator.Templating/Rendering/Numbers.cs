using System.Globalization;
using System.Numerics;
using CxOrchestrator.Templating.Values;

namespace CxOrchestrator.Templating.Rendering;

/// <summary>
/// Arithmetic on numbers of any kind. Whole numbers grow from int over long to big ones; of two kinds the wider is used:
/// whole, float, double, decimal.
/// </summary>
internal static class Numbers
{
    /// <summary>Bits of a whole number; beyond it, multiplication would be a way to use up time.</summary>
    private const long LargestInteger = 8192;

    /// <summary>Is it a number?</summary>
    public static bool IsNumber(object? value) => Rank(value) != NumberRank.None;

    /// <summary>The kind of number.</summary>
    public static NumberRank Rank(object? value) => value switch
    {
        int or short or byte or sbyte or ushort => NumberRank.Int,
        long or uint => NumberRank.Long,
        BigInteger or ulong => NumberRank.Big,
        float => NumberRank.Float,
        double => NumberRank.Double,
        decimal => NumberRank.Decimal,
        _ => NumberRank.None,
    };

    /// <summary>Compares two numbers; not-a-number is less than all.</summary>
    public static int Compare(object left, object right) => Wider(left, right) switch
    {
        NumberRank.Int or NumberRank.Long => ToLong(left).CompareTo(ToLong(right)),
        NumberRank.Big => ToBig(left).CompareTo(ToBig(right)),
        NumberRank.Decimal when FitsDecimal(left) && FitsDecimal(right) => ToDecimal(left).CompareTo(ToDecimal(right)),
        NumberRank.Float => ToFloat(left).CompareTo(ToFloat(right)),
        _ => ToDouble(left).CompareTo(ToDouble(right)),
    };

    /// <summary>Applies an operator; null where it isn't one of numbers.</summary>
    /// <exception cref="ArithmeticException">Division of whole numbers or decimals by zero, or a result that is too large.</exception>
    public static object? Apply(BinaryOperator op, object left, object right)
    {
        if (left is int a && right is int b) return Whole(op, a, b) ?? Whole(op, (BigInteger)a, b);
        return Wider(left, right) switch
        {
            NumberRank.Int or NumberRank.Long => Whole(op, ToLong(left), ToLong(right)) ?? Whole(op, ToBig(left), ToBig(right)),
            NumberRank.Big => Whole(op, ToBig(left), ToBig(right)),
            NumberRank.Decimal => Fractions(op, ToDecimal(left), ToDecimal(right)),
            NumberRank.Float => Fractions(op, ToFloat(left), ToFloat(right)),
            _ => Fractions(op, ToDouble(left), ToDouble(right)),
        };
    }

    /// <summary>The number with the other sign.</summary>
    public static object Negate(object value) => Rank(value) switch
    {
        NumberRank.Float => -(float)value,
        NumberRank.Double => -(double)value,
        NumberRank.Decimal => -(decimal)value,
        NumberRank.Big => Narrow(-ToBig(value)),
        _ => ToLong(value) == long.MinValue ? -(BigInteger)long.MinValue : Box.Number(-ToLong(value)),
    };

    /// <summary>The smallest kind that holds a whole number.</summary>
    public static object Narrow(BigInteger value) =>
        value >= long.MinValue && value <= long.MaxValue ? Box.Number((long)value) : value;

    /// <summary>As a double.</summary>
    public static double ToDouble(object value) => value switch
    {
        BigInteger big => (double)big,
        IConvertible number => number.ToDouble(CultureInfo.InvariantCulture),
        _ => double.NaN,
    };

    /// <summary>As a decimal.</summary>
    public static decimal ToDecimal(object value) => value switch
    {
        decimal number => number,
        BigInteger big => (decimal)big,
        _ => ((IConvertible)value).ToDecimal(CultureInfo.InvariantCulture),
    };

    /// <summary>As a long.</summary>
    public static long ToLong(object value) => value switch
    {
        int number => number,
        long number => number,
        BigInteger big => (long)big,
        _ => ((IConvertible)value).ToInt64(CultureInfo.InvariantCulture),
    };

    /// <summary>As a big whole number.</summary>
    public static BigInteger ToBig(object value) => value switch
    {
        BigInteger big => big,
        ulong number => number,
        double number => new BigInteger(number),
        float number => new BigInteger(number),
        decimal number => new BigInteger(number),
        _ => ToLong(value),
    };

    private static bool FitsDecimal(object value) => value is decimal || Math.Abs(ToDouble(value)) < 7.9e28;

    private static float ToFloat(object value) => value is BigInteger big ? (float)big : ((IConvertible)value).ToSingle(CultureInfo.InvariantCulture);

    private static NumberRank Wider(object left, object right)
    {
        var a = Rank(left);
        var b = Rank(right);
        return a > b ? a : b;
    }

    /// <summary>Null where the operator is none of whole numbers, or the result doesn't fit.</summary>
    private static object? Whole(BinaryOperator op, long left, long right)
    {
        long result;
        switch (op)
        {
            case BinaryOperator.Add:
                result = unchecked(left + right);
                return ((left ^ result) & (right ^ result)) < 0 ? null : Box.Number(result);
            case BinaryOperator.Subtract:
                result = unchecked(left - right);
                return ((left ^ right) & (left ^ result)) < 0 ? null : Box.Number(result);
            case BinaryOperator.Multiply:
                var wide = (Int128)left * right;
                return wide >= long.MinValue && wide <= long.MaxValue ? Box.Number((long)wide) : null;
            case BinaryOperator.Divide:
                return (double)left / right;
            case BinaryOperator.DivideWhole when right != -1:
                return Box.Number(left / right);
            case BinaryOperator.Modulo:
                return right == -1 ? Box.Int(0) : Box.Number(left % right);
            default:
                return null;
        }
    }

    private static object? Whole(BinaryOperator op, BigInteger left, BigInteger right) => op switch
    {
        BinaryOperator.Add => Narrow(left + right),
        BinaryOperator.Subtract => Narrow(left - right),
        BinaryOperator.Multiply when left.GetBitLength() + right.GetBitLength() > LargestInteger =>
            throw new OverflowException("The number is too large."),
        BinaryOperator.Multiply => Narrow(left * right),
        BinaryOperator.Divide => (double)left / (double)right,
        BinaryOperator.DivideWhole => Narrow(left / right),
        BinaryOperator.Modulo => Narrow(left % right),
        BinaryOperator.ShiftLeft when right > LargestInteger || left.GetBitLength() + (long)right > LargestInteger =>
            throw new OverflowException("The number is too large."),
        BinaryOperator.ShiftLeft => Narrow(left << (int)BigInteger.Max(right, -LargestInteger)),
        BinaryOperator.ShiftRight => Narrow(left >> (int)BigInteger.Min(BigInteger.Max(right, 0), LargestInteger)),
        _ => null,
    };

    // double, float and decimal, each in its own arithmetic.
    private static object? Fractions<T>(BinaryOperator op, T left, T right)
        where T : struct, IFloatingPoint<T> => op switch
        {
            BinaryOperator.Add => left + right,
            BinaryOperator.Subtract => left - right,
            BinaryOperator.Multiply => left * right,
            BinaryOperator.Divide => left / right,
            BinaryOperator.DivideWhole => T.Round(left / right),
            BinaryOperator.Modulo => left % right,
            _ => null,
        };
}
