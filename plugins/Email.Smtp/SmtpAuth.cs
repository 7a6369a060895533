namespace CxOrchestrator.Plugins.EmailSmtp;

/// <summary>How to sign in to the mail server.</summary>
public enum SmtpAuth
{
    /// <summary>XOAUTH2 where there is a token, else PLAIN where the server offers it, else LOGIN; not at all without a user name.</summary>
    Auto,

    /// <summary>AUTH PLAIN (RFC 4616).</summary>
    Plain,

    /// <summary>AUTH LOGIN, for old servers.</summary>
    Login,

    /// <summary>AUTH XOAUTH2 with an access token, as Microsoft 365 and Gmail want it.</summary>
    XOAuth2,

    /// <summary>Never, even with a user name.</summary>
    None,
}
