using System.Text;

namespace CxOrchestrator.Storage.Postgres;

/// <summary>
/// Text as PostgreSQL can keep it: it has no U+0000, and customers type one. The character U+E000, of no meaning and hardly ever used, marks what
/// stands for it (and for itself), so that each text has one stored form and comes back as it was. Half a surrogate pair is no text and becomes U+FFFD,
/// as in every UTF-8 file.
/// </summary>
internal static class PgText
{
    private const char Mark = '\uE000';
    private const char MarkedNul = '0';
    private const char MarkedMark = '1';

    public static string ToStored(string text)
    {
        var span = text.AsSpan();
        return span.IndexOfAny('\0', Mark) < 0 && span.IndexOfAnyInRange('\uD800', '\uDFFF') < 0 ? text : Marked(text);
    }

    public static string FromStored(string stored) => stored.Contains(Mark) ? Unmarked(stored) : stored;

    private static string Marked(string text)
    {
        var stored = new StringBuilder(text.Length + 8);
        foreach (var rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case 0:
                    stored.Append(Mark).Append(MarkedNul);
                    break;
                case Mark:
                    stored.Append(Mark).Append(MarkedMark);
                    break;
                default:
                    stored.Append(rune.ToString());
                    break;
            }
        }

        return stored.ToString();
    }

    private static string Unmarked(string stored)
    {
        var text = new StringBuilder(stored.Length);
        for (var i = 0; i < stored.Length; i++)
        {
            if (stored[i] != Mark || i + 1 == stored.Length)
                text.Append(stored[i]);
            else
                text.Append(stored[++i] == MarkedNul ? '\0' : Mark);
        }

        return text.ToString();
    }
}
