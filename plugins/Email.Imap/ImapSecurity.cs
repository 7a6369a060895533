namespace CxOrchestrator.Plugins.EmailImap;

/// <summary>How the connection to the mail server is protected.</summary>
public enum ImapSecurity
{
    /// <summary>Not at all: for a server on the same machine or in a trusted network.</summary>
    None,

    /// <summary>Begins in the clear and must upgrade before anything is said, usually on port 143.</summary>
    StartTls,

    /// <summary>TLS from the first byte, usually on port 993.</summary>
    ImplicitTls,
}
