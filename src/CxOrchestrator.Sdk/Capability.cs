namespace CxOrchestrator.Sdk;

/// <summary>What a connector can do; the name is the one that <c>plugin.json</c> uses.</summary>
public enum Capability
{
    /// <summary><see cref="ICrmReader"/></summary>
    CrmReader,

    /// <summary><see cref="ICrmWriter"/></summary>
    CrmWriter,

    /// <summary><see cref="IEmailSender"/></summary>
    EmailSender,

    /// <summary><see cref="ISmsSender"/></summary>
    SmsSender,

    /// <summary><see cref="ITicketReader"/></summary>
    TicketReader,

    /// <summary><see cref="ITicketWriter"/></summary>
    TicketWriter,

    /// <summary><see cref="IWebhookReceiver"/></summary>
    WebhookReceiver,

    /// <summary><see cref="IEventPoller"/></summary>
    EventPoller,

    /// <summary><see cref="IHealthProbe"/></summary>
    HealthProbe,

    /// <summary><see cref="IOutbox"/></summary>
    Outbox,

    /// <summary><see cref="ISendLookup"/></summary>
    SendLookup,

    /// <summary><see cref="ISetup"/></summary>
    Setup,
}

/// <summary>Which interface stands behind each <see cref="Capability"/>.</summary>
public static class Capabilities
{
    private static readonly IReadOnlyDictionary<Capability, Type> Interfaces = new Dictionary<Capability, Type>
    {
        [Capability.CrmReader] = typeof(ICrmReader),
        [Capability.CrmWriter] = typeof(ICrmWriter),
        [Capability.EmailSender] = typeof(IEmailSender),
        [Capability.SmsSender] = typeof(ISmsSender),
        [Capability.TicketReader] = typeof(ITicketReader),
        [Capability.TicketWriter] = typeof(ITicketWriter),
        [Capability.WebhookReceiver] = typeof(IWebhookReceiver),
        [Capability.EventPoller] = typeof(IEventPoller),
        [Capability.HealthProbe] = typeof(IHealthProbe),
        [Capability.Outbox] = typeof(IOutbox),
        [Capability.SendLookup] = typeof(ISendLookup),
        [Capability.Setup] = typeof(ISetup),
    };

    /// <summary>The interface that a connector with this capability implements.</summary>
    public static Type InterfaceOf(Capability capability) => Interfaces[capability];

    /// <summary>The capabilities whose interfaces a connector's type implements.</summary>
    public static IReadOnlyList<Capability> Of(Type connectorType) =>
        [.. Interfaces.Where(pair => pair.Value.IsAssignableFrom(connectorType)).Select(pair => pair.Key)];
}
