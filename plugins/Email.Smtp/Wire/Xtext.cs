using System.Globalization;
using System.Text;

namespace CxOrchestrator.Plugins.EmailSmtp.Wire;

/// <summary>ASCII text as the value of a parameter of MAIL or RCPT (RFC 3461, 4).</summary>
internal static class Xtext
{
    /// <summary>The text with all that may not stand in a parameter written as <c>+HH</c>.</summary>
    public static string Encode(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            _ = letter is >= '!' and <= '~' and not '+' and not '='
                ? result.Append(letter)
                : result.Append(CultureInfo.InvariantCulture, $"+{(int)letter:X2}");
        }

        return result.ToString();
    }
}
