namespace CxOrchestrator.Connectors.Tests.Email.Imap;

/// <summary>What a <see cref="ScriptedImapServer"/> offers and demands.</summary>
internal sealed record ImapServerOptions
{
    public bool ImplicitTls { get; init; }

    public bool StartTls { get; init; }

    public bool SaslIr { get; init; } = true;

    public bool LoginDisabled { get; init; }

    public bool Move { get; init; } = true;

    public IReadOnlyList<string> Mechanisms { get; init; } = ["PLAIN"];

    public string UserName { get; init; } = "shop";

    public string Password { get; init; } = "correct-horse-7";

    public Func<string>? AccessToken { get; init; }

    /// <summary>Words that are written right behind the reply to STARTTLS, in the clear, as an attacker would.</summary>
    public string? InjectedAfterStartTls { get; init; }
}
