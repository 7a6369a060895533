namespace CxOrchestrator.Core.Explaining;

/// <summary>How the chain of a customer and a journey ends, or where it stands. Every chain has exactly one.</summary>
public enum ChainOutcome
{
    /// <summary>No journey of this key was ever published.</summary>
    JourneyUnknown,

    /// <summary>The event that was asked about is not stored, or is not this customer's.</summary>
    EventUnknown,

    /// <summary>Nothing that begins the journey has come for the customer.</summary>
    NeverTriggered,

    /// <summary>An event came and is not decided on yet.</summary>
    AwaitingDecision,

    /// <summary>An event of the type came when the journey did not begin with it, or was not published.</summary>
    NotListening,

    /// <summary>The trigger's condition was not true, or could not be evaluated.</summary>
    ConditionFalse,

    /// <summary>The re-entry rule forbade it.</summary>
    ReentryRefused,

    /// <summary>The event came before anybody was known by its subject.</summary>
    UnknownCustomer,

    /// <summary>The event was too old.</summary>
    TooOld,

    /// <summary>The walk is due and not walked on yet.</summary>
    Due,

    /// <summary>The walk waits: for a time, or for an event up to a time.</summary>
    Waiting,

    /// <summary>A message is planned and not handed over yet, and nothing keeps it but its turn or the quiet hours.</summary>
    Planned,

    /// <summary>A message waits for room in the customer's attention budget, which other messages have taken or come first for.</summary>
    AwaitsRoom,

    /// <summary>A message was not taken, certainly not sent, and is tried again.</summary>
    Deferred,

    /// <summary>A message is being handed over now.</summary>
    Sending,

    /// <summary>A message may have been sent; nobody knows, and it is listed for a person.</summary>
    Unknown,

    /// <summary>The walk has ended and its last message was accepted.</summary>
    Sent,

    /// <summary>The walk has ended; its last message was accepted, and the service told that it did not arrive.</summary>
    NotArrived,

    /// <summary>The walk has ended; its last message was refused by the service for good.</summary>
    Rejected,

    /// <summary>The walk has ended; its last message was not sent for a reason that does not change: consent, address, suppression, words.</summary>
    Suppressed,

    /// <summary>The walk has ended; its last message was not sent in time.</summary>
    Expired,

    /// <summary>An exit rule has ended the walk, and its goal was not reached.</summary>
    Exited,

    /// <summary>A split holds the customer out, so that others can be compared with them: the walk has ended there.</summary>
    HeldOut,

    /// <summary>The walk has ended and reached its goal on the way, or by the very event that ended it.</summary>
    GoalReached,

    /// <summary>The walk has ended without a message.</summary>
    Completed,

    /// <summary>An error has stopped the walk: a person must look.</summary>
    Failed,

    /// <summary>The journey is paused: the walk, or its message, goes on when somebody resumes it.</summary>
    Paused,
}
