using System.Text;

namespace CxOrchestrator.Plugins.EmailImap.Wire;

/// <summary>Texts as they stand in commands.</summary>
internal static class ImapText
{
    /// <summary>A quoted string (RFC 3501, 9); null where the text needs a literal.</summary>
    public static string? Quoted(string text) => Ascii.IsValid(text) && !text.Any(char.IsControl)
        ? $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""
        : null;

    /// <summary>A mailbox's name in modified UTF-7 (RFC 3501, 5.1.3), quoted.</summary>
    public static string Mailbox(string name)
    {
        var result = new StringBuilder();
        var beyond = new StringBuilder();
        foreach (var letter in name)
        {
            if (letter is >= ' ' and <= '~')
            {
                Close();
                result.Append(letter == '&' ? "&-" : letter);
            }
            else
            {
                beyond.Append(letter);
            }
        }

        Close();
        return Quoted(result.ToString())!;

        void Close()
        {
            if (beyond.Length > 0)
            {
                var coded = Convert.ToBase64String(Encoding.BigEndianUnicode.GetBytes(beyond.ToString())).TrimEnd('=').Replace('/', ',');
                result.Append('&').Append(coded).Append('-');
                beyond.Clear();
            }
        }
    }
}
