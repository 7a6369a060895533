namespace CxOrchestrator.Sdk;

/// <summary>Sends e-mail, one recipient a message.</summary>
public interface IEmailSender
{
    /// <summary>Hands one message to the service, once.</summary>
    Task<SendResult> SendAsync(EmailMessage message, CancellationToken cancellation);

    /// <summary>
    /// True where the service itself refuses a second message with the same <see cref="EmailMessage.Key"/>, so that an unknown
    /// outcome may be sent again. Default: false, as for plain SMTP.
    /// </summary>
    bool HonoursKey => false;
}
