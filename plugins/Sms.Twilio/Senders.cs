using CxOrchestrator.Plugins.SmsTwilio.Api;

namespace CxOrchestrator.Plugins.SmsTwilio;

/// <summary>Tells this connection's messages from those of whoever else uses the account.</summary>
internal static class Senders
{
    /// <summary>True for a message by our sender, or an answer to it.</summary>
    public static bool IsOurs(TwilioMessage message, TwilioSettings settings)
    {
        if (!string.IsNullOrEmpty(settings.MessagingServiceSid))
            return message.MessagingServiceSid == settings.MessagingServiceSid;
        var ours = PhoneNumber.On(settings.Channel, settings.From!);
        return (message.IsOutbound ? message.From : message.To) == ours;
    }
}
