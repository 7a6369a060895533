namespace CxOrchestrator.Plugins.SmsTwilio;

/// <summary>By what the messages travel.</summary>
public enum TwilioChannel
{
    /// <summary>Text messages of the mobile network.</summary>
    Sms,

    /// <summary>WhatsApp; addresses carry the prefix <c>whatsapp:</c>.</summary>
    WhatsApp,
}
