namespace CxOrchestrator.NodeRig.Work;

/// <summary>A row of the contact ledger.</summary>
/// <param name="Key">Its key, which stands in the Message-ID.</param>
/// <param name="State">Its state, by number.</param>
/// <param name="Reason">Why it is in that state.</param>
/// <param name="HandedOverAt">When it was last handed over, in customers' time; null where it never was.</param>
/// <param name="Node">The node that held it last, where the row still says so.</param>
/// <param name="Recipient">The customer's address.</param>
public sealed record LedgerRow(string Key, int State, string Reason, DateTimeOffset? HandedOverAt, string? Node, string Recipient)
{
    private const int AcceptedState = 3;
    private const int UnknownState = 6;

    /// <summary>The mail server has it.</summary>
    public bool Accepted => State == AcceptedState;

    /// <summary>Nobody knows; a person is to look.</summary>
    public bool Unknown => State == UnknownState;
}
