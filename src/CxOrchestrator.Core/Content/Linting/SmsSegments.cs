namespace CxOrchestrator.Core.Content;

/// <summary>
/// The size of a text message: what is sent, and paid for, in pieces (3GPP TS 23.040, section 9.2.3.24.1). A text in the default alphabet of 3GPP TS 23.038 has
/// room for 160 septets in one piece and for 153 in each of several; any other is sent in UCS-2, with room for 70 and 67 units of 16 bits. Neither an escaped
/// character nor a surrogate pair is cut in two.
/// </summary>
/// <param name="IsUcs2">Whether it can't be sent in the default alphabet.</param>
/// <param name="Units">Septets, or units of 16 bits.</param>
/// <param name="Count">Number of pieces; 0 for an empty text.</param>
/// <param name="Forcing">The characters that the default alphabet lacks, each once, in order.</param>
public sealed record SmsSegments(bool IsUcs2, int Units, int Count, IReadOnlyList<string> Forcing)
{
    private const int SeptetsAlone = 160;
    private const int SeptetsOfSeveral = 153;
    private const int UnitsAlone = 70;
    private const int UnitsOfSeveral = 67;

    /// <summary>Measures a text.</summary>
    public static SmsSegments Of(string text)
    {
        var forcing = new List<string>();
        for (var at = 0; at < text.Length; at += Width(text, at))
        {
            var letter = text.Substring(at, Width(text, at));
            if (Gsm7.Septets(letter[0]) == 0 && !forcing.Contains(letter))
                forcing.Add(letter);
        }

        var ucs2 = forcing.Count > 0;
        var sizes = Sizes(text, ucs2).ToList();
        return new SmsSegments(ucs2, sizes.Sum(), ucs2 ? Pieces(sizes, UnitsAlone, UnitsOfSeveral) : Pieces(sizes, SeptetsAlone, SeptetsOfSeveral), forcing);
    }

    private static IEnumerable<int> Sizes(string text, bool ucs2)
    {
        for (var at = 0; at < text.Length; at += Width(text, at))
            yield return ucs2 ? Width(text, at) : Gsm7.Septets(text[at]);
    }

    private static int Pieces(IReadOnlyList<int> sizes, int alone, int each)
    {
        if (sizes.Sum() <= alone)
            return sizes.Count == 0 ? 0 : 1;
        var (pieces, room) = (1, each);
        foreach (var size in sizes)
        {
            if (size > room)
                (pieces, room) = (pieces + 1, each);
            room -= size;
        }

        return pieces;
    }

    private static int Width(string text, int at) => at + 1 < text.Length && char.IsSurrogatePair(text, at) ? 2 : 1;
}
