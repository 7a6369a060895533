using CxOrchestrator.Plugins.GenericHttp.Calls;
using CxOrchestrator.Plugins.GenericHttp.Description;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.GenericHttp.Messages;

/// <summary>Sends text messages as <c>sendSms</c> describes.</summary>
internal sealed class Texting(ServiceCalls calls, Operation send, Uri? webhookUrl)
{
    public async Task<SendResult> SendAsync(SmsMessage message, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (!IsNumber(message.To))
            return SendResult.Rejected("bad-number", "The number is not in E.164 form.", addressInvalid: true);
        var model = calls.Model(
            ("message", new Dictionary<string, object?> { ["key"] = message.Key, ["to"] = message.To, ["text"] = message.Text }),
            ("webhookUrl", webhookUrl?.AbsoluteUri));
        try
        {
            return Outcomes.OfSend(await calls.SendAsync(send, model, cancellation), send, model);
        }
        catch (DescriptionFault fault)
        {
            return SendResult.Deferred(fault.Message);
        }
    }

    // E.164: a plus, then up to 15 digits of which the first is no zero.
    private static bool IsNumber(string text) => text.Length is >= 3 and <= 16 && text[0] == '+' && text[1] is >= '1' and <= '9' && text.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0;
}
