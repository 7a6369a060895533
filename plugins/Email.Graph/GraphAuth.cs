namespace CxOrchestrator.Plugins.EmailGraph;

/// <summary>How the connection signs in to Microsoft Entra.</summary>
public enum GraphAuth
{
    /// <summary>As an app registration with a client secret.</summary>
    ClientSecret,

    /// <summary>As an app registration with a certificate.</summary>
    Certificate,

    /// <summary>As the managed identity of the machine that runs us.</summary>
    ManagedIdentity,
}
