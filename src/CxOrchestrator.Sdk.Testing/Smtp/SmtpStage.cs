namespace CxOrchestrator.Sdk.Testing.Smtp;

/// <summary>A place in an SMTP conversation at which a script may step in: after the client's part, before the server's reply.</summary>
public enum SmtpStage
{
    /// <summary>The connection stands; the greeting is due.</summary>
    Connect,

    /// <summary>EHLO or HELO was read.</summary>
    Ehlo,

    /// <summary>STARTTLS was read.</summary>
    StartTls,

    /// <summary>AUTH was read; the reply that ends it is due.</summary>
    Auth,

    /// <summary>MAIL FROM was read.</summary>
    Mail,

    /// <summary>RCPT TO was read.</summary>
    Rcpt,

    /// <summary>DATA was read.</summary>
    Data,

    /// <summary>The first bytes of the message were read, and not yet the final dot.</summary>
    Body,

    /// <summary>The final dot was read.</summary>
    FinalDot,

    /// <summary>RSET was read.</summary>
    Rset,

    /// <summary>NOOP was read.</summary>
    Noop,

    /// <summary>QUIT was read.</summary>
    Quit,
}
