using System.Net.Http.Headers;
using System.Text;
using CxOrchestrator.Plugins.EmailGraph.Wire;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;
using CxOrchestrator.Sdk.Mail;

namespace CxOrchestrator.Plugins.EmailGraph.Sending;

/// <summary>
/// Sends a message as MIME: as JSON, Graph takes at most five headers and none whose name doesn't begin with <c>x-</c>, so that List-Unsubscribe would be
/// refused. Every try writes its request anew.
/// </summary>
internal sealed class MimeSend(GraphWire wire, GraphSettings settings, TimeProvider time)
{
    private readonly LetterDesk _desk = new(new LetterDefaults(new EmailAddress(settings.Sender, settings.FromName), settings.Domain), time);
    private readonly string _path = $"users/{Uri.EscapeDataString(settings.Mailbox)}/sendMail";

    /// <summary>Hands a message over, once.</summary>
    public async Task<SendResult> SendAsync(EmailMessage message, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var (letter, rejected) = _desk.Check(message);
        if (letter is null)
            return rejected!;
        var answer = await wire.SendAsync(new ServiceRequest(HttpMethod.Post, _path) { Content = Content(letter) }, cancellation);
        return answer.ToSend(SendOutcomes.Of);
    }

    private static ByteArrayContent Content(Letter letter)
    {
        // Base64 as bytes: the charset that a text content adds to its type is not in Graph's documentation.
        var mime = LetterWriter.Write(letter, eightBit: false);
        var content = new ByteArrayContent(Encoding.ASCII.GetBytes(Convert.ToBase64String(mime)));
        content.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        return content;
    }
}
