namespace CxOrchestrator.Sdk;

/// <summary>
/// Types of events that the host understands and acts on. A connector that tells one of them names the message by
/// <see cref="ConnectorEvent.DeliveryKey"/> or the person by <see cref="ConnectorEvent.Address"/> where it doesn't know an id.
/// </summary>
public static class ServiceFacts
{
    /// <summary>
    /// The service has a message and has passed it on; the last that is heard of it where no receipts come. Settles one whose outcome was unknown. Data as
    /// for <see cref="MessageDelivered"/>.
    /// </summary>
    public const string MessageSent = "message.sent";

    /// <summary>A message reached the person's device or mailbox. Data: <c>segments</c>, <c>price</c>, <c>currency</c> where known.</summary>
    public const string MessageDelivered = "message.delivered";

    /// <summary>A message was read. Data: none.</summary>
    public const string MessageRead = "message.read";

    /// <summary>A message will not arrive. Data: <c>code</c>, <c>text</c>, <c>addressInvalid</c> (true: don't use the address again).</summary>
    public const string MessageFailed = "message.failed";

    /// <summary>A message is late and still being tried. Data: <c>code</c>, <c>text</c>.</summary>
    public const string MessageDelayed = "message.delayed";

    /// <summary>The person answered with words of their own. Data: <c>text</c>, <c>channel</c> (<c>email</c> or <c>sms</c>).</summary>
    public const string MessageReplied = "message.replied";

    /// <summary>The person asked not to be written to. Data: <c>channel</c>, <c>text</c>.</summary>
    public const string ContactOptedOut = "contact.optedOut";

    /// <summary>The person asked to be written to again. Data: <c>channel</c>, <c>text</c>.</summary>
    public const string ContactOptedIn = "contact.optedIn";

    /// <summary>The person complained to their provider about a message. Data: <c>channel</c>, <c>text</c>.</summary>
    public const string ContactComplained = "contact.complained";

    /// <summary>A record in the CRM has changed; the host reads it again. Data: none.</summary>
    public const string CrmChanged = "crm.changed";

    /// <summary>A ticket has changed; the host reads it again. Data: <c>ticket</c> (its id), <c>state</c> where known.</summary>
    public const string TicketChanged = "ticket.changed";

    /// <summary>A mailbox holds something new; the host polls the connection at once instead of at its time. Data: none.</summary>
    public const string MailboxChanged = "mailbox.changed";
}
