namespace CxOrchestrator.Core.Nodes;

/// <summary>The kinds of rows that a node holds under a lease.</summary>
public enum HeldWork
{
    /// <summary>Events that are being decided on.</summary>
    Events,

    /// <summary>Enrolments that walk.</summary>
    Enrolments,

    /// <summary>Ledger rows for e-mail that are claimed or handed over.</summary>
    Deliveries,

    /// <summary>Ledger rows for SMS that are claimed or handed over.</summary>
    Texts,

    /// <summary>Cases that are being opened.</summary>
    Cases,

    /// <summary>Changes on their way to the CRM.</summary>
    WriteBacks,

    /// <summary>Calls that are owed.</summary>
    Errands,
}
