using System.Collections.Frozen;

namespace CxOrchestrator.Core.Content;

/// <summary>
/// The alphabet of text messages: the default alphabet of 3GPP TS 23.038 (once GSM 03.38), section 6.2.1, and its extension, section 6.2.1.1. The
/// alphabets of single countries are left out: few gateways use them.
/// </summary>
internal static class Gsm7
{
    private static readonly FrozenSet<char> Basic =
        ("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
        + "abcdefghijklmnopqrstuvwxyzäöñüà").ToFrozenSet();

    private static readonly FrozenSet<char> Extended = "\f^{}\\[~]|€".ToFrozenSet();

    /// <summary>The septets that a character takes: 1, 2 for one of the extension, 0 for one that the alphabet lacks.</summary>
    public static int Septets(char letter) => Basic.Contains(letter) ? 1 : Extended.Contains(letter) ? 2 : 0;
}
