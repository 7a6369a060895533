namespace CxOrchestrator.Web.Access;

/// <summary>Who asks.</summary>
/// <param name="Name">Their name.</param>
/// <param name="Role">What they may see.</param>
/// <param name="HasSession">Whether they signed in, and so can sign out.</param>
internal sealed record Visitor(string Name, Role Role, bool HasSession)
{
    /// <summary>Whether addresses of customers are shown whole.</summary>
    public bool SeesAddresses => Role is Role.Agent or Role.Admin;

    /// <summary>Whether they work cases.</summary>
    public bool SeesCases => Role is Role.Agent or Role.Admin;

    /// <summary>Whether they read what was kept instead of sent.</summary>
    public bool SeesOutbox => Role is Role.Marketing or Role.Admin;
}
