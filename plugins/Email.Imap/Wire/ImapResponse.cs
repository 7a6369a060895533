namespace CxOrchestrator.Plugins.EmailImap.Wire;

/// <summary>One response of the server (RFC 3501, 7).</summary>
/// <param name="Tag">The command's tag, <c>*</c> or <c>+</c>.</param>
/// <param name="Kind">In capitals: OK, NO, BAD, BYE, CAPABILITY, SEARCH, FETCH, EXISTS; empty for <c>+</c>.</param>
/// <param name="Text">What follows the kind of a status response; else empty.</param>
/// <param name="Values">What follows the kind of any other response.</param>
internal sealed record ImapResponse(string Tag, string Kind, string Text, IReadOnlyList<ImapValue> Values)
{
    private static readonly HashSet<string> Statuses = new(["OK", "NO", "BAD", "BYE", "PREAUTH"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes sense of what was read.</summary>
    /// <exception cref="ImapFault">It is not IMAP.</exception>
    public static ImapResponse Of(IReadOnlyList<string> pieces, IReadOnlyList<byte[]> literals)
    {
        var words = pieces[0].Split(' ', 3);
        if (words[0] == "+")
        {
            return new ImapResponse("+", "", pieces[0].Length > 2 ? pieces[0][2..] : "", []);
        }

        if (words.Length < 2 || words[0].Length == 0)
        {
            throw new ImapFault("The server's answer is not IMAP.");
        }

        if (Statuses.Contains(words[1]))
        {
            return new ImapResponse(words[0], words[1].ToUpperInvariant(), words.ElementAtOrDefault(2) ?? "", []);
        }

        if (words[0] != "*")
        {
            throw new ImapFault("The server's answer is not IMAP.");
        }

        List<string> rest = [pieces[0][2..], .. pieces.Skip(1)];
        var values = new ImapValues(rest, literals).Read();
        return values switch
        {
            // "* 12 FETCH (...)", "* 5 EXISTS"
            [var number, var kind, ..] when number.Text.All(char.IsAsciiDigit) && number.Text.Length > 0 => new ImapResponse("*", kind.Text.ToUpperInvariant(), number.Text, [.. values.Skip(2)]),
            [var kind, ..] => new ImapResponse("*", kind.Text.ToUpperInvariant(), "", [.. values.Skip(1)]),
            _ => new ImapResponse("*", "", "", []),
        };
    }
}
