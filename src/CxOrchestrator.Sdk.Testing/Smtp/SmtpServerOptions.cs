namespace CxOrchestrator.Sdk.Testing.Smtp;

/// <summary>What a <see cref="ScriptedSmtpServer"/> offers and demands.</summary>
public sealed record SmtpServerOptions
{
    /// <summary>TLS from the first byte.</summary>
    public bool ImplicitTls { get; init; }

    /// <summary>Offers STARTTLS while the connection is not encrypted.</summary>
    public bool StartTls { get; init; }

    /// <summary>Offers PIPELINING. Default: true.</summary>
    public bool Pipelining { get; init; } = true;

    /// <summary>Answers MAIL, RCPT and DATA only when DATA was read: a client that waits in between never gets on.</summary>
    public bool HoldRepliesUntilData { get; init; }

    /// <summary>Offers 8BITMIME. Default: true.</summary>
    public bool EightBitMime { get; init; } = true;

    /// <summary>Offers SMTPUTF8. Default: false.</summary>
    public bool SmtpUtf8 { get; init; }

    /// <summary>Offers SIZE with this limit in bytes.</summary>
    public long? Size { get; init; }

    /// <summary>Offers DSN, and takes its parameters only then.</summary>
    public bool Dsn { get; init; }

    /// <summary>Offers AUTH with these mechanisms: <c>PLAIN</c>, <c>LOGIN</c>, <c>XOAUTH2</c>.</summary>
    public IReadOnlyList<string> AuthMechanisms { get; init; } = [];

    /// <summary>Takes mail only from this user; null takes it from everybody.</summary>
    public string? UserName { get; init; }

    /// <summary>The user's password.</summary>
    public string? Password { get; init; }

    /// <summary>The access token that XOAUTH2 takes at the moment; it can change, as tokens expire.</summary>
    public Func<string>? AccessToken { get; init; }

    /// <summary>Words that are written right behind the reply to STARTTLS, in the clear, as an attacker would.</summary>
    public string? InjectedAfterStartTls { get; init; }
}
