using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Dispatch;

/// <summary>A message as it will leave, or why it can't be written.</summary>
internal sealed record Composed(EmailMessage? Email, SmsMessage? Sms, string? Fault)
{
    public static Composed Of(EmailMessage email) => new(email, null, null);

    public static Composed Of(SmsMessage sms) => new(null, sms, null);

    public static Composed Failed(string fault) => new(null, null, fault);
}
