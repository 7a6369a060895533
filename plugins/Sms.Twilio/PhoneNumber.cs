using System.Text.RegularExpressions;

namespace CxOrchestrator.Plugins.SmsTwilio;

/// <summary>Numbers in E.164 form, with and without the prefix of a channel.</summary>
internal static partial class PhoneNumber
{
    /// <summary>True for <c>+</c> and 7 to 15 digits.</summary>
    public static bool IsOne(string text) => Form().IsMatch(text);

    /// <summary>The number in an address such as <c>whatsapp:+66812345678</c>; null where there is none (short codes, names).</summary>
    public static string? In(string? address)
    {
        var number = address?[(address.IndexOf(':', StringComparison.Ordinal) + 1)..];
        return number is not null && IsOne(number) ? number : null;
    }

    /// <summary>A number as an address of a channel.</summary>
    public static string On(TwilioChannel channel, string number) => channel == TwilioChannel.WhatsApp ? "whatsapp:" + number : number;

    [GeneratedRegex(@"\A\+[1-9][0-9]{6,14}\z")]
    private static partial Regex Form();
}
