using System.Globalization;
using System.Text;

namespace CxOrchestrator.Sdk.Mail;

/// <summary>The headers of a message or a part, folded and encoded (RFC 5322, RFC 2047).</summary>
internal sealed class HeaderBlock
{
    private const int SoftLimit = 78;
    private readonly StringBuilder _text = new();

    /// <summary>An ASCII value as it is; folded only at its own spaces, never encoded, so that URIs in it survive.</summary>
    public HeaderBlock Plain(string name, string value)
    {
        var column = name.Length + 2;
        _text.Append(name).Append(": ");
        var words = value.Split(' ');
        for (var i = 0; i < words.Length; i++)
        {
            // The first word stays beside the name; a line of blanks alone would be malformed.
            if (i > 0)
            {
                var folds = column + 1 + words[i].Length > SoftLimit && words[i].Length > 0 && words[i - 1].Length > 0;
                _text.Append(folds ? "\r\n " : " ");
                column = folds ? 1 : column + 1;
            }

            _text.Append(words[i]);
            column += words[i].Length;
        }

        _text.Append("\r\n");
        return this;
    }

    /// <summary>Free text in any language.</summary>
    public HeaderBlock Text(string name, string value)
    {
        if (IsPlain(value))
        {
            return Plain(name, value);
        }

        _text.Append(name).Append(": ").Append(EncodedWords.Encode(value, name.Length + 2)).Append("\r\n");
        return this;
    }

    /// <summary>One address with its name.</summary>
    public HeaderBlock Address(string name, NamedMailbox person)
    {
        var display = OneLine(person.Name);
        _text.Append(name).Append(": ");
        if (display.Length == 0)
        {
            _text.Append(person.Mailbox).Append("\r\n");
            return this;
        }

        var phrase = IsPlain(display) && display.Length <= 60 ? Quoted(display) : EncodedWords.Encode(display, name.Length + 2);
        var column = name.Length + 2 + phrase.Length;
        _text.Append(phrase).Append(column + person.Mailbox.ToString().Length + 3 > SoftLimit ? "\r\n <" : " <");
        _text.Append(person.Mailbox).Append(">\r\n");
        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    // "=?" could be taken for the beginning of an encoded word, and a long word can't be folded.
    private static bool IsPlain(string value) =>
        Ascii.IsValid(value) && !value.Any(char.IsControl) && !value.Contains("=?", StringComparison.Ordinal)
        && value == value.Trim(' ') && value.Split(' ').All(word => word.Length <= SoftLimit);

    private static string Quoted(string phrase) =>
        phrase.All(c => char.IsAsciiLetterOrDigit(c) || c == ' ')
            ? phrase
            : $"\"{phrase.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    // Names come from records that people typed; a stray line break there must neither break the header nor stop the message.
    private static string OneLine(string? name) => name is null
        ? ""
        : string.Join(' ', new string([.. name.Select(Printable)]).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static char Printable(char c) =>
        char.IsControl(c) || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator ? ' ' : c;
}
