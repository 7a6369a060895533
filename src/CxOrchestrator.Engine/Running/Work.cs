namespace CxOrchestrator.Engine.Running;

/// <summary>The kinds of work, each with a loop of its own.</summary>
public enum Work
{
    /// <summary>Decide what events do.</summary>
    Events,

    /// <summary>Walk enrolments that are due.</summary>
    Enrolments,

    /// <summary>Send deliveries that are due.</summary>
    Deliveries,

    /// <summary>Open cases in the helpdesk.</summary>
    Cases,

    /// <summary>Write back to the CRM.</summary>
    WriteBacks,

    /// <summary>Enrol for schedules.</summary>
    Campaigns,

    /// <summary>Ask connections for events.</summary>
    Polling,

    /// <summary>Take over work whose lease has ended.</summary>
    Recovery,
}

/// <summary>One kind of work, done a batch at a time.</summary>
public interface IPass
{
    /// <summary>Which kind.</summary>
    Work Work { get; }

    /// <summary>
    /// Does one batch and returns how much of it came forward: 0 where there was nothing to do, or nothing that can be done now.
    /// </summary>
    /// <param name="stop">Asks to stop: what was begun is finished, nothing more is begun.</param>
    Task<int> RunAsync(CancellationToken stop);
}
