using System.Text;

namespace CxOrchestrator.Sdk.Mail;

/// <summary>Addresses in a header (RFC 5322, 3.4), as forgiving as mail programs are.</summary>
internal static class AddressReader
{
    private const int Most = 200;

    /// <summary>The addresses, in order; what is none is left out.</summary>
    public static IReadOnlyList<EmailAddress> Read(string value) =>
        [.. Pieces(value).Select(One).OfType<EmailAddress>().Take(Most)];

    private static EmailAddress? One(string piece)
    {
        var open = piece.LastIndexOf('<');
        var close = open < 0 ? -1 : piece.IndexOf('>', open);
        var address = (close > open ? piece[(open + 1)..close] : piece).Trim();
        if (!Mailbox.TryParse(address, out _, out _))
        {
            return null;
        }

        var name = close > open ? WordReader.Decode(Unquoted(piece[..open].Trim())).Trim() : "";
        return new EmailAddress(address, name.Length == 0 ? null : name);
    }

    // Commas and semicolons separate where they stand in neither quotes nor comments; a colon ends a group's name.
    private static IEnumerable<string> Pieces(string value)
    {
        var piece = new StringBuilder();
        var (quoted, comment, angle) = (false, 0, false);
        for (var i = 0; i < value.Length; i++)
        {
            var letter = value[i];
            if (letter == '\\' && (quoted || comment > 0) && i + 1 < value.Length)
            {
                _ = comment > 0 ? piece : piece.Append(letter).Append(value[i + 1]);
                i++;
                continue;
            }

            if (letter == '"' && comment == 0)
            {
                quoted = !quoted;
            }
            else if (!quoted && letter is '(' or ')')
            {
                comment = letter == '(' ? comment + 1 : Math.Max(0, comment - 1);
                continue;
            }
            else if (!quoted && comment == 0 && letter is '<' or '>')
            {
                angle = letter == '<';
            }
            else if (!quoted && comment == 0 && !angle && letter is ',' or ';' or ':')
            {
                if (letter != ':')
                {
                    yield return piece.ToString();
                }

                piece.Clear();
                continue;
            }

            if (comment == 0)
            {
                piece.Append(letter);
            }
        }

        yield return piece.ToString();
    }

    private static string Unquoted(string name)
    {
        if (name.Length < 2 || name[0] != '"' || name[^1] != '"')
        {
            return name;
        }

        var result = new StringBuilder();
        for (var i = 1; i < name.Length - 1; i++)
        {
            i += name[i] == '\\' && i + 1 < name.Length - 1 ? 1 : 0;
            result.Append(name[i]);
        }

        return result.ToString();
    }
}
