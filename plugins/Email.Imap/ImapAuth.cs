namespace CxOrchestrator.Plugins.EmailImap;

/// <summary>How to sign in to the mailbox.</summary>
public enum ImapAuth
{
    /// <summary>XOAUTH2 where there is a token, else PLAIN where the server offers it, else LOGIN.</summary>
    Auto,

    /// <summary>AUTHENTICATE PLAIN (RFC 4616).</summary>
    Plain,

    /// <summary>The LOGIN command, for old servers.</summary>
    Login,

    /// <summary>AUTHENTICATE XOAUTH2 with an access token, as Microsoft 365 and Gmail want it.</summary>
    XOAuth2,
}
