using CxOrchestrator.Web.Settings;

namespace CxOrchestrator.Web.Access;

/// <summary>Says who a request is from: somebody at this machine, somebody who signed in, or a program with a person's key.</summary>
internal sealed class Visitors(WebSettings settings, Sessions sessions, WrongKeys wrongKeys)
{
    private readonly Keyring<Person> _keys = new(settings.People, person => person.KeyHash);

    /// <summary>The visitor, or null where nobody is known.</summary>
    public Visitor? Of(HttpContext http)
    {
        if (sessions.Of(http.Request) is { } signedIn)
            return new Visitor(signedIn.Name, signedIn.Role, HasSession: true);
        if (PresentedKey.Of(http.Request) is { } key)
            return ByKey(http, key) is { } person ? new Visitor(person.Name, person.Role, HasSession: false) : null;
        return LoopbackTrust.Holds(http, settings) ? new Visitor("this machine", Role.Admin, HasSession: false) : null;
    }

    /// <summary>Whose key it is; null where it is nobody's, or where this address has guessed too often.</summary>
    public Person? ByKey(HttpContext http, string key)
    {
        var address = http.Connection.RemoteIpAddress;
        if (wrongKeys.WaitFor(address) is not null)
            return null;
        if (_keys.OwnerOf(key) is { } person)
            return person;
        wrongKeys.Count(address);
        return null;
    }
}
