using System.Globalization;
using System.Text.RegularExpressions;

namespace CxOrchestrator.Engine.Import;

/// <summary>Reads the values of data and attributes: what can only be a number or a truth is one, everything else is text.</summary>
internal static partial class ValueText
{
    /// <summary>A number, a boolean, or the text itself; null for an empty one. <c>007</c> and <c>1e5</c> stay text: they may be somebody's id.</summary>
    public static object? Read(string text) => text switch
    {
        "" => null,
        "true" => true,
        "false" => false,
        _ when !NumberPattern().IsMatch(text) => text,
        _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => whole,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };

    [GeneratedRegex(@"^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,10})?$", RegexOptions.CultureInvariant)]
    private static partial Regex NumberPattern();
}
