using CxOrchestrator.Sdk.Testing.Faults;

namespace CxOrchestrator.Connectors.Tests.Email.Imap;

/// <summary>Faults of a mailbox. A request here is the opening of the mailbox, which polls and probes do.</summary>
internal sealed class ImapServiceFaults(ScriptedImapServer server) : IServiceFaults
{
    private ImapMisdeed? _misdeed;

    public void Begin(ServiceFault fault, int passing = 0) => server.Misbehave(_misdeed = (fault switch
    {
        ServiceFault.Throttled => new ImapMisdeed("EXAMINE", "{tag} NO [LIMIT] Too many commands"),
        ServiceFault.Refused => new ImapMisdeed("EXAMINE", "{tag} NO [NONEXISTENT] No such mailbox"),
        ServiceFault.Unauthorised => new ImapMisdeed("AUTHENTICATE", "{tag} NO [AUTHENTICATIONFAILED] Wrong password"),
        ServiceFault.Forbidden => new ImapMisdeed("EXAMINE", "{tag} NO [NOPERM] Not yours"),
        ServiceFault.Failing => new ImapMisdeed("EXAMINE", "{tag} NO [SERVERBUG] Internal error"),
        ServiceFault.CutBeforeBody => new ImapMisdeed("EXAMINE", null, Drops: true),
        ServiceFault.CutAfterBody => new ImapMisdeed("EXAMINE", "* 3 EXISTS", Drops: true),
        ServiceFault.CutInAnswer => new ImapMisdeed("EXAMINE", "* OK [UIDVALIDITY 4711] fine\r\n* 1 FETCH (BODY[] {100}\r\nhalf of", Drops: true),
        ServiceFault.Garbage => new ImapMisdeed("EXAMINE", "\u0001 this is not IMAP"),
        ServiceFault.WrongPage => new ImapMisdeed("GREETING", "HTTP/1.1 200 OK"),
        ServiceFault.Silent => new ImapMisdeed("EXAMINE", null),
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    }) with { Passing = passing });

    public bool End()
    {
        server.Misbehave(null);
        return _misdeed!.Met.IsCompleted;
    }

    public Task MetAsync() => _misdeed!.Met;
}
