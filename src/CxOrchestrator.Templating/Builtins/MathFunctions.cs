using System.Numerics;
using CxOrchestrator.Templating.Rendering;
using CxOrchestrator.Templating.Values;

namespace CxOrchestrator.Templating.Builtins;

/// <summary>The functions <c>math.…</c>.</summary>
internal static class MathFunctions
{
    /// <summary>The group.</summary>
    public static BuiltinGroup Create() => new BuiltinGroup("math")
        .Add("abs", "value", (_, a) => Absolute(a.Number(0)))
        .Add("ceil", "value", (_, a) => Rounded(a.Number(0), decimal.Ceiling, Math.Ceiling))
        .Add("divided_by", "value divisor", DividedBy)
        .Add("floor", "value", (_, a) => Rounded(a.Number(0), decimal.Floor, Math.Floor))
        .Add("format", "value format culture?", (c, a) => Formatting.Apply(c, a, true))
        .Add("is_number", "value", (_, a) => Box.Bool(Numbers.IsNumber(a[0])))
        .Add("minus", "value with", (c, a) => Operators.Apply(c, BinaryOperator.Subtract, a[0], a[1]))
        .Add("modulo", "value with", (c, a) => Operators.Apply(c, BinaryOperator.Modulo, a[0], a[1]))
        .Add("plus", "value with", (c, a) => Operators.Apply(c, BinaryOperator.Add, a[0], a[1]))
        .AddLeftOut("random")
        .Add("round", "value precision?", Round)
        .Add("times", "value with", (c, a) => Operators.Apply(c, BinaryOperator.Multiply, a[0], a[1]))
        .AddLeftOut("uuid");

    private static object Absolute(object value) => value switch
    {
        double real => Math.Abs(real),
        float real => Math.Abs(real),
        decimal exact => Math.Abs(exact),
        _ => Numbers.Narrow(BigInteger.Abs(Numbers.ToBig(value))),
    };

    private static object Rounded(object value, Func<decimal, decimal> exact, Func<double, double> real) => value switch
    {
        decimal number => exact(number),
        double number => real(number),
        float number => (float)real(number),
        _ => value,
    };

    private static object Round(RenderContext context, CallArguments arguments)
    {
        var precision = arguments.Integer(context, 1);
        if (precision is < 0 or > 15) throw new ArgumentFault(1, $"The number of digits has to be from 0 to 15, not {precision}.");
        return Rounded(arguments.Number(0), number => Math.Round(number, precision), number => Math.Round(number, precision));
    }

    /// <summary>A whole divisor gives a whole result, rounded down.</summary>
    private static object? DividedBy(RenderContext context, CallArguments arguments)
    {
        var divisor = arguments.Number(1);
        var whole = Numbers.Rank(divisor) <= NumberRank.Big;
        if (whole && Numbers.ToDouble(divisor) == 0) throw new ArgumentFault(1, "Division by zero.");
        var result = Operators.Apply(context, BinaryOperator.Divide, arguments.Number(0), divisor);
        if (!whole || result is null) return result;
        var floor = Rounded(result, decimal.Floor, Math.Floor);
        return double.IsFinite(Numbers.ToDouble(floor)) ? Numbers.Narrow(Numbers.ToBig(floor)) : floor;
    }
}
