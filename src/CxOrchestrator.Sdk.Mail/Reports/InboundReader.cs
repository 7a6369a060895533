using System.Text.Json;

namespace CxOrchestrator.Sdk.Mail;

/// <summary>
/// Makes facts of what comes into a mailbox: bounces, delays, complaints, replies and unsubscriptions by mail. What is not about a delivery of
/// ours gives none, and neither does what a machine wrote by itself: nothing here can begin a loop.
/// </summary>
public sealed class InboundReader(InboundRules rules)
{
    private const string Channel = "email";
    private readonly DeliveryTrace _trace = new(rules);

    /// <summary>The facts in one message; may be empty. The same message always gives the same facts with the same ids.</summary>
    /// <param name="message">The whole message, or as much of it as was read.</param>
    /// <param name="receivedAt">When it came into the mailbox.</param>
    public IReadOnlyList<ConnectorEvent> Read(ReadOnlyMemory<byte> message, DateTimeOffset receivedAt)
    {
        var mail = MailReader.Read(message);
        var fact = new Facts(FactIds.Of(mail, message.Span), receivedAt);
        if (DeliveryReport.In(mail) is { } report)
        {
            return [.. OfReport(mail, report, fact)];
        }

        if (ComplaintReport.In(mail) is { } complaint)
        {
            return OfComplaint(mail, complaint, fact);
        }

        return OfPerson(mail, fact);
    }

    private IEnumerable<ConnectorEvent> OfReport(MailPart mail, DeliveryReport report, Facts fact)
    {
        if (_trace.OfReport(mail, report).DeliveryKey is not { } key)
        {
            yield break;
        }

        foreach (var (index, recipient) in report.Recipients.Index())
        {
            var told = recipient.Action switch
            {
                DeliveryAction.Failed => fact.Make(
                    ServiceFacts.MessageFailed, index, new { code = recipient.Code, text = recipient.Text, addressInvalid = recipient.AddressInvalid }),
                DeliveryAction.Delayed => fact.Make(ServiceFacts.MessageDelayed, index, new { code = recipient.Code, text = recipient.Text }),
                DeliveryAction.Delivered => fact.Make(ServiceFacts.MessageDelivered, index, new { }),
                _ => null,
            };
            if (told is not null)
            {
                yield return told with { DeliveryKey = key, Address = recipient.Address };
            }
        }
    }

    private IReadOnlyList<ConnectorEvent> OfComplaint(MailPart mail, ComplaintReport complaint, Facts fact)
    {
        var key = _trace.OfComplaint(mail, complaint).DeliveryKey;
        return key is null || !complaint.IsComplaint
            ? []
            : [fact.Make(ServiceFacts.ContactComplained, 0, new { channel = Channel, text = complaint.Type }) with
                {
                    DeliveryKey = key,
                    Address = complaint.Recipient,
                }];
    }

    private IReadOnlyList<ConnectorEvent> OfPerson(MailPart mail, Facts fact)
    {
        // Without a From there is nobody who could have meant it.
        if (mail.Headers.Addresses("From") is not [var from, ..]
            || mail.Headers["Return-Path"]?.Trim() is "<>"
            || mail.Headers[LetterHeaders.Delivery] is not null)
        {
            return [];
        }

        var trace = _trace.OfAnswer(mail);
        if (Unsubscription.Is(mail, rules.UnsubscribeAddress))
        {
            // Mail programs send it by themselves when their user taps "unsubscribe": marks of automatic mail don't make it less meant.
            var told = fact.Make(ServiceFacts.ContactOptedOut, 0, new { channel = Channel, text = mail.Headers.Shown("Subject") ?? "" });
            return [told with { Address = from.Address, DeliveryKey = trace.DeliveryKey }];
        }

        return trace.DeliveryKey is not { } key || AutomaticMail.Is(mail)
            ? []
            : [fact.Make(ServiceFacts.MessageReplied, 0, new { text = ReplyText.Of(mail), channel = Channel }) with
                {
                    Address = from.Address,
                    DeliveryKey = key,
                }];
    }

    private sealed record Facts(string Id, DateTimeOffset At)
    {
        public ConnectorEvent Make<T>(string type, int index, T data) =>
            new(FormattableString.Invariant($"{Id}-{index}"), type, "", At, JsonSerializer.SerializeToElement(data));
    }
}
