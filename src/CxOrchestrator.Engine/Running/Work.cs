namespace CxOrchestrator.Engine.Running;

/// <summary>The kinds of work, each with a loop of its own.</summary>
public enum Work
{
    /// <summary>Finish publications of journeys; before people are walked on.</summary>
    Publications,

    /// <summary>Decide what events do.</summary>
    Events,

    /// <summary>Walk enrolments that are due.</summary>
    Enrolments,

    /// <summary>Send deliveries that are due by e-mail.</summary>
    Deliveries,

    /// <summary>Send deliveries that are due by SMS.</summary>
    Texts,

    /// <summary>Open cases in the helpdesk.</summary>
    Cases,

    /// <summary>Write back to the CRM.</summary>
    WriteBacks,

    /// <summary>Enrol for schedules.</summary>
    Campaigns,

    /// <summary>Tell dates and silences that have come.</summary>
    Moments,

    /// <summary>See who came into segments and who left them.</summary>
    Segments,

    /// <summary>Ask connections for events.</summary>
    Polling,

    /// <summary>Take in what changed in the CRM.</summary>
    CrmSync,

    /// <summary>See which tickets have changed.</summary>
    TicketSync,

    /// <summary>Make calls that are owed to connections.</summary>
    Errands,

    /// <summary>Ask what became of messages whose outcome is unknown.</summary>
    LookUps,

    /// <summary>Take over work whose lease has ended.</summary>
    Recovery,

    /// <summary>Make room for the months to come and let go of old ones.</summary>
    Retention,
}
