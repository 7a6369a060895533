using CxOrchestrator.Core.Customers;

namespace CxOrchestrator.Core.Journeys;

/// <summary>One step of a journey.</summary>
public abstract record Step
{
    /// <summary>The index that says: the walk ends here.</summary>
    public const int End = -1;

    /// <summary>Its id: the author's, or one made from its place such as <c>3.otherwise.1</c>. Unique in the journey.</summary>
    public required string Id { get; init; }

    /// <summary>Index of the step that follows, or <see cref="End"/>.</summary>
    public required int Next { get; init; }

    /// <summary>Line in the journey's file, from 1.</summary>
    public int Line { get; init; }

    /// <summary>What happens where the step can't be done.</summary>
    public StepFailure OnFailure { get; init; }
}

/// <summary>
/// What happens where a step can't be done: an expression that can't be evaluated, a survey that isn't published. What becomes of a message is known only
/// after its step was done; a waitFor step sees it.
/// </summary>
public enum StepFailure
{
    /// <summary>The walk stops and waits for a person.</summary>
    Stop,

    /// <summary>The walk goes on below, as if the step were not there.</summary>
    Continue,

    /// <summary>The walk ends.</summary>
    Exit,
}

/// <summary>Waits until a time.</summary>
public sealed record WaitStep : Step
{
    /// <summary>Until when, counted from entering the step.</summary>
    public required Timing Until { get; init; }
}

/// <summary>Waits for an event, up to a time.</summary>
public sealed record WaitForStep : Step
{
    /// <summary>The event's type.</summary>
    public required string On { get; init; }

    /// <summary>Id of the send step whose delivery the event must be about; null for any event of the customer.</summary>
    public string? Of { get; init; }

    /// <summary>Must be true of the event (<c>event</c> is the arriving one); null for always.</summary>
    public Condition? When { get; init; }

    /// <summary>
    /// How long: counted from entering the step, or, where <see cref="Of"/> is given, from when that delivery was accepted. A delivery that will
    /// never be sent ends the wait at once.
    /// </summary>
    public required Timing UpTo { get; init; }

    /// <summary>Index of the step for the case that time runs out; the same as <see cref="Step.Next"/> where there is no such branch.</summary>
    public required int Otherwise { get; init; }
}

/// <summary>Takes the first branch whose condition is true.</summary>
public sealed record ChooseStep : Step
{
    /// <summary>The branches in order; where none is true the walk goes to <see cref="Step.Next"/>.</summary>
    public required IReadOnlyList<Branch> Branches { get; init; }
}

/// <summary>A branch of a choose step.</summary>
/// <param name="When">Its condition; null for <c>otherwise</c>, which is the last.</param>
/// <param name="Target">Index of its first step.</param>
public sealed record Branch(Condition? When, int Target);

/// <summary>
/// Sends a message by the first channel that reaches the customer. A <c>survey</c> step is one too, with <see cref="Survey"/> set.
/// </summary>
public sealed record SendStep : Step
{
    /// <summary>The message's name.</summary>
    public required string Message { get; init; }

    /// <summary>Channels in the order of preference.</summary>
    public required IReadOnlyList<Channel> Via { get; init; }

    /// <summary>The survey whose link it carries, or null. One enrolment has one invitation for a survey.</summary>
    public string? Survey { get; init; }

    /// <summary>What it is for; null takes the journey's purpose.</summary>
    public Consent.Purpose? Purpose { get; init; }

    /// <summary>How long it may wait to be sent; null takes the setting.</summary>
    public Duration? ExpiresAfter { get; init; }

    /// <summary>The calendar in whose business hours it goes; null for any time.</summary>
    public string? SendIn { get; init; }
}

/// <summary>Opens a case.</summary>
public sealed record OpenCaseStep : Step
{
    /// <summary>The case's kind, for example <c>detractor</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Who is to put it right; null takes the setting.</summary>
    public string? Owner { get; init; }

    /// <summary>By when, counted from now.</summary>
    public required Timing Due { get; init; }
}

/// <summary>Sets attributes of the customer, here and in the CRM.</summary>
public sealed record UpdateCustomerStep : Step
{
    /// <summary>Expressions by attribute name.</summary>
    public required IReadOnlyDictionary<string, Condition> Set { get; init; }
}

/// <summary>Tells an event of our own about the customer.</summary>
public sealed record EmitStep : Step
{
    /// <summary>The event's type.</summary>
    public required string Type { get; init; }

    /// <summary>Expressions by name of the data.</summary>
    public required IReadOnlyDictionary<string, Condition> Data { get; init; }
}

/// <summary>Goes through its steps again and again, up to a number of times.</summary>
public sealed record RepeatStep : Step
{
    /// <summary>The most that one may.</summary>
    public const int MostRounds = 100;

    /// <summary>How often at most, from 1 to <see cref="MostRounds"/>.</summary>
    public required int Most { get; init; }

    /// <summary>Ends it after a round where it is true; null for never.</summary>
    public Condition? Until { get; init; }

    /// <summary>Index of the first step of a round; the last ones lead back here.</summary>
    public required int First { get; init; }
}

/// <summary>Ends the walk.</summary>
public sealed record ExitStep : Step
{
    /// <summary>Why, for people.</summary>
    public string Reason { get; init; } = "";
}
