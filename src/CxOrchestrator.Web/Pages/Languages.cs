using System.Collections.Frozen;
using System.Globalization;

namespace CxOrchestrator.Web.Pages;

/// <summary>What pages must know of languages: their direction, their own names, their digits.</summary>
internal static class Languages
{
    // The languages with a right-to-left script in everyday use (CLDR, script metadata).
    private static readonly FrozenSet<string> RightToLeft = new[]
    {
        "ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "mzn", "nqo", "pnb", "ps", "sd", "syr", "ug", "ur", "yi",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, string> OwnNames = new Dictionary<string, string>
    {
        ["en"] = "English",
        ["th"] = "ไทย",
        ["fa"] = "فارسی",
        ["zh"] = "中文",
        ["pt"] = "Português",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary><c>rtl</c> or <c>ltr</c>.</summary>
    public static string DirectionOf(string language) => RightToLeft.Contains(language.Split('-')[0]) ? "rtl" : "ltr";

    /// <summary>A language's name in itself; the tag where it isn't known.</summary>
    public static string OwnNameOf(string language)
    {
        if (OwnNames.TryGetValue(language, out var name) || OwnNames.TryGetValue(language.Split('-')[0], out name))
            return name;
        try
        {
            return CultureInfo.GetCultureInfo(language).NativeName;
        }
        catch (CultureNotFoundException)
        {
            return language;
        }
    }

    /// <summary>Text with the digits that readers of the language expect.</summary>
    public static string Digits(string text, string language) =>
        language.Split('-')[0].Equals("fa", StringComparison.OrdinalIgnoreCase)
            ? string.Concat(text.Select(letter => char.IsAsciiDigit(letter) ? (char)('۰' + (letter - '0')) : letter))
            : text;

    /// <summary>A number with the digits that readers of the language expect.</summary>
    public static string Digits(int number, string language) => Digits(number.ToString(CultureInfo.InvariantCulture), language);
}
