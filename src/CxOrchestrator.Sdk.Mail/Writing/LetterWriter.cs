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
        return html is null ? Single(headers, text) : Alternative(headers, message.Key, text, html);
    }

    private static byte[] Single(HeaderBlock headers, BodyPart text)
    {
        Describe(headers, "plain", text);
        return Joined(Encoding.UTF8.GetBytes($"{headers}\r\n"), text.Body, text.Body.AsSpan().EndsWith("\r\n"u8) ? [] : "\r\n"u8.ToArray());
    }

    private static byte[] Alternative(HeaderBlock headers, string key, BodyPart text, BodyPart html)
    {
        var boundary = Boundary(key, text, html);
        headers.Plain("Content-Type", $"multipart/alternative; boundary=\"{boundary}\"");
        if (text.Encoding == "8bit" || html.Encoding == "8bit")
        {
            headers.Plain("Content-Transfer-Encoding", "8bit");
        }

        return Joined(
            Encoding.UTF8.GetBytes($"{headers}\r\n{PartHead(boundary, "plain", text)}"), text.Body,
            Encoding.UTF8.GetBytes($"\r\n{PartHead(boundary, "html", html)}"), html.Body,
            Encoding.UTF8.GetBytes($"\r\n--{boundary}--\r\n"));
    }

    private static string PartHead(string boundary, string subtype, BodyPart part)
    {
        var described = new HeaderBlock();
        Describe(described, subtype, part);
        return $"--{boundary}\r\n{described}\r\n";
    }

    private static byte[] Joined(params ReadOnlySpan<byte[]> pieces)
    {
        var length = 0;
        foreach (var piece in pieces)
        {
            length += piece.Length;
        }

        var whole = new byte[length];
        var to = 0;
        foreach (var piece in pieces)
        {
            piece.CopyTo(whole, to);
            to += piece.Length;
        }

        return whole;
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
            var bytes = Encoding.ASCII.GetBytes(boundary);
            if (text.Body.AsSpan().IndexOf(bytes) < 0 && html.Body.AsSpan().IndexOf(bytes) < 0)
            {
                return boundary;
            }
        }
    }
}
