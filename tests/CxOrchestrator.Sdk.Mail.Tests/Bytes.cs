using System.Text;

namespace CxOrchestrator.Sdk.Mail.Tests;

/// <summary>Messages written in tests, with CRLF line ends.</summary>
internal static class Bytes
{
    public static byte[] Of(string text) => Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"));

    public static MailPart Read(string text) => MailReader.Read(Of(text));
}
