using System.Globalization;
using CxOrchestrator.Templating.Rendering;
using CxOrchestrator.Templating.Values;

namespace CxOrchestrator.Templating.Builtins;

/// <summary><c>math.format</c> and <c>object.format</c>: .NET's format strings in a culture.</summary>
internal static class Formatting
{
    /// <summary>Digits that a format may ask for; .NET would make a billion.</summary>
    private const int MostDigits = 99;

    /// <summary>Formats the first argument by the second in the culture that the third names.</summary>
    public static string Apply(RenderContext context, in CallArguments arguments, bool number)
    {
        if (arguments[0] is null) return "";
        if (number) arguments.Number(0);
        var format = arguments.Text(context, 1);
        CheckDigits(format);
        var culture = Culture(context, arguments, 2);
        var value = arguments[0] is DateTimeOffset date ? DateText.Wall(context, date)! : arguments[0];
        if (value is not IFormattable formattable) return ValueText.Of(context, value);
        try
        {
            return formattable.ToString(format, culture);
        }
        catch (FormatException)
        {
            throw new ArgumentFault(1, $"This is no format for {Kind.Phrase(value)}.");
        }
    }

    /// <summary>The culture that an argument names; without it that of the rendering.</summary>
    /// <exception cref="ArgumentFault">There is no such culture.</exception>
    public static CultureInfo Culture(RenderContext context, in CallArguments arguments, int index)
    {
        var name = arguments.Text(context, index);
        if (string.IsNullOrEmpty(name)) return context.Culture;
        try
        {
            // Only cultures that exist: any other name would be made up and kept for ever.
            return CultureInfo.GetCultureInfo(name, true);
        }
        catch (CultureNotFoundException)
        {
            throw new ArgumentFault(index, $"There is no culture `{name}`. Write for example `en-GB`.");
        }
    }

    private static void CheckDigits(string? format)
    {
        if (format is not { Length: > 3 } || !char.IsAsciiLetter(format[0])) return;
        var digits = format.AsSpan(1);
        // .NET reads no further than a character 0.
        if (digits.IndexOf('\0') is >= 0 and var end) digits = digits[..end];
        if (digits.Length > 2 && !digits.ContainsAnyExceptInRange('0', '9'))
            throw new ArgumentFault(1, $"The format asks for more than {MostDigits} digits.");
    }
}
