using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CxOrchestrator.Sdk.Mail;

/// <summary>Writes a letter as a MIME message (RFC 5322, RFC 2045): the bytes that stand between DATA and the final dot.</summary>
public static class LetterWriter
{
    /// <summary>The whole message with CRLF line ends, before dot-stuffing.</summary>
    /// <param name="letter">A checked letter.</param>
    /// <param name="eightBit">The way takes lines with 8 bits (8BITMIME); else every line is ASCII.</param>
    public static byte[] Write(Letter letter, bool eightBit)
    {
        var message = letter.Message;
        var headers = new HeaderBlock().Address("From", letter.From);
        if (letter.ReplyTo is { } replyTo)
        {
            headers.Address("Reply-To", replyTo);
        }

        headers.Address("To", letter.To)
            .Text("Subject", message.Subject)
            .Plain("Date", letter.Date.ToUniversalTime().ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture))
            .Plain("Message-ID", $"<{letter.MessageId}>")
            .Plain(LetterHeaders.Delivery, message.Key);
        foreach (var (name, value) in message.Headers)
        {
            headers.Plain(name, value);
        }

        if (message.Language is { Length: > 0 and <= 35 } language && language.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
        {
            headers.Plain("Content-Language", language);
        }

        headers.Plain("MIME-Version", "1.0");
        var text = BodyPart.Of(message.Text, eightBit);
        var html = message.Html is null ? null : BodyPart.Of(message.Html, eightBit);
        var whole = html is null ? Single(headers, text) : Alternative(headers, message.Key, text, html);
        return Encoding.UTF8.GetBytes(whole);
    }

    private static string Single(HeaderBlock headers, BodyPart text)
    {
        Describe(headers, "plain", text);
        return $"{headers}\r\n{text.Body}{(text.Body.EndsWith("\r\n", StringComparison.Ordinal) ? "" : "\r\n")}";
    }

    private static string Alternative(HeaderBlock headers, string key, BodyPart text, BodyPart html)
    {
        var boundary = Boundary(key, text, html);
        headers.Plain("Content-Type", $"multipart/alternative; boundary=\"{boundary}\"");
        if (text.Encoding == "8bit" || html.Encoding == "8bit")
        {
            headers.Plain("Content-Transfer-Encoding", "8bit");
        }

        var whole = new StringBuilder(headers.ToString()).Append("\r\n");
        foreach (var (subtype, part) in new[] { ("plain", text), ("html", html) })
        {
            var described = new HeaderBlock();
            Describe(described, subtype, part);
            whole.Append("--").Append(boundary).Append("\r\n").Append(described).Append("\r\n").Append(part.Body).Append("\r\n");
        }

        return whole.Append("--").Append(boundary).Append("--\r\n").ToString();
    }

    private static void Describe(HeaderBlock headers, string subtype, BodyPart part) => headers
        .Plain("Content-Type", $"text/{subtype}; charset=utf-8")
        .Plain("Content-Transfer-Encoding", part.Encoding);

    // The same for every try of a message, and in neither of its parts.
    private static string Boundary(string key, BodyPart text, BodyPart html)
    {
        for (var i = 0; ; i++)
        {
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{i}/{key}"));
            var boundary = "=_" + Convert.ToHexStringLower(hash.AsSpan(0, 12));
            if (!text.Body.Contains(boundary, StringComparison.Ordinal) && !html.Body.Contains(boundary, StringComparison.Ordinal))
            {
                return boundary;
            }
        }
    }
}
