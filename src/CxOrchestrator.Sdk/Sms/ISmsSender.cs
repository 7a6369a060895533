namespace CxOrchestrator.Sdk;

/// <summary>Sends text messages.</summary>
public interface ISmsSender
{
    /// <summary>Hands one message to the service, once.</summary>
    Task<SendResult> SendAsync(SmsMessage message, CancellationToken cancellation);

    /// <summary>True where the service refuses a second message with the same key. Default: false.</summary>
    bool HonoursKey => false;
}

/// <summary>One text message to one person.</summary>
/// <param name="Key">The delivery's key: the same for every try of the same message.</param>
/// <param name="To">Number in E.164 form, for example <c>+66812345678</c>.</param>
/// <param name="Text">The words.</param>
public sealed record SmsMessage(string Key, string To, string Text);
