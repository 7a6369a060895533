namespace CxOrchestrator.Plugins.EmailSmtp;

/// <summary>How to sign in to the mail server.</summary>
public enum SmtpAuth
{
    /// <summary>PLAIN where the server offers it, else LOGIN; not at all without a user name.</summary>
    Auto,

    /// <summary>AUTH PLAIN (RFC 4616).</summary>
    Plain,

    /// <summary>AUTH LOGIN, for old servers.</summary>
    Login,

    /// <summary>Never, even with a user name.</summary>
    None,
}
