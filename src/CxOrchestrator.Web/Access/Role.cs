namespace CxOrchestrator.Web.Access;

/// <summary>What somebody may see.</summary>
public enum Role
{
    /// <summary>Works the cases: customers with their addresses, cases.</summary>
    Agent,

    /// <summary>Writes journeys: customers with masked addresses, the outbox.</summary>
    Marketing,

    /// <summary>Everything.</summary>
    Admin,
}
