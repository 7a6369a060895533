namespace CxOrchestrator.Plugins.CrmDataverse.Settings;

/// <summary>Where Dataverse puts the key of a webhook; the numbers are its own.</summary>
public enum WebhookKeyKind
{
    /// <summary>In the address, as <c>?code=</c>.</summary>
    WebhookKey = 4,

    /// <summary>In a header.</summary>
    HttpHeader = 5,

    /// <summary>In the address, by a name of our choice.</summary>
    HttpQueryString = 6,
}
