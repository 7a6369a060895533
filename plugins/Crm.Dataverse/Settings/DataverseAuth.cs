namespace CxOrchestrator.Plugins.CrmDataverse.Settings;

/// <summary>How a connection signs in: always as an application user, never as a person.</summary>
public enum DataverseAuth
{
    /// <summary>An app registration with a client secret.</summary>
    ClientSecret,

    /// <summary>An app registration with a certificate.</summary>
    Certificate,

    /// <summary>The managed identity of the machine.</summary>
    ManagedIdentity,
}
