namespace CxOrchestrator.Plugins.EmailSmtp;

/// <summary>How the connection to the mail server is protected.</summary>
public enum SmtpSecurity
{
    /// <summary>Not at all: for a server on the same machine or in a trusted network.</summary>
    None,

    /// <summary>Begins in the clear and must upgrade before anything is said; a server without STARTTLS is not used.</summary>
    StartTls,

    /// <summary>TLS from the first byte, usually on port 465.</summary>
    ImplicitTls,
}
