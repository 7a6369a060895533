using System.Globalization;
using System.Text;
using CxOrchestrator.Sdk;

namespace Mailer;

/// <summary>
/// Writes a line for each call that it gets, and one for each message that leaves. The faulty version fails three of ten calls, by
/// their number: it throws before the message has left, puts it off, and does not know what became of one that has left.
/// </summary>
internal sealed class MailerConnector(MailerSettings settings) : IConnector, IEmailSender
{
#if FAULTY
    private const string Version = "2.0.0";
    private const int ThrowsAt = 2;
    private const int PutsOffAt = 5;
    private const int ForgetsAt = 8;
#else
    // No number ends like this.
    private const string Version = "1.0.0";
    private const int ThrowsAt = -1;
    private const int PutsOffAt = -2;
    private const int ForgetsAt = -3;
#endif

    private readonly Lock _gate = new();
    private int _calls;

    /// <inheritdoc/>
    public Task<SendResult> SendAsync(EmailMessage message, CancellationToken cancellation)
    {
        var number = Interlocked.Increment(ref _calls);
        Write("called", message.Key);
        switch (number % 10)
        {
            case ThrowsAt:
                throw new InvalidOperationException("the server said something unheard of");
            case PutsOffAt:
                return Task.FromResult(SendResult.Deferred("the server is busy"));
        }

        Write("sent", message.Key);
        return Task.FromResult(number % 10 == ForgetsAt
            ? SendResult.Unknown("the server hung up after the message")
            : SendResult.Accepted(number.ToString(CultureInfo.InvariantCulture)));
    }

    private void Write(string what, string key)
    {
        lock (_gate)
        {
            // Whoever reads along must not keep the mail from leaving.
            using var file = new FileStream(
                Path.Combine(settings.Folder, $"{what}-{Version}.txt"), FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
            file.Write(Encoding.ASCII.GetBytes(key + "\n"));
        }
    }
}
