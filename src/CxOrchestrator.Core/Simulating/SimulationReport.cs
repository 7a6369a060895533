namespace CxOrchestrator.Core.Simulating;

/// <summary>What a simulation came to.</summary>
public sealed record SimulationReport
{
    /// <summary>The journeys that were simulated, by key; empty where it was all that is in force.</summary>
    public required IReadOnlyList<string> Journeys { get; init; }

    /// <summary>When it began, in customers' time.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>When it ended.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>The seed.</summary>
    public required long Seed { get; init; }

    /// <summary>Customers who were simulated.</summary>
    public required long Customers { get; init; }

    /// <summary>Customers who get at least one message.</summary>
    public required long Reached { get; init; }

    /// <summary>Events that happened.</summary>
    public required long Events { get; init; }

    /// <summary>Surveys that were answered.</summary>
    public required long Answers { get; init; }

    /// <summary>Consents that were withdrawn.</summary>
    public required long Withdrawals { get; init; }

    /// <summary>What it stands on, in words: where events and rates come from, what was not taken.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Messages by step, of all journeys.</summary>
    public required IReadOnlyList<MessageFigures> Messages { get; init; }

    /// <summary>Why messages did not go, the most frequent reason first.</summary>
    public required IReadOnlyList<UnsentFigures> Unsent { get; init; }

    /// <summary>Where people stand.</summary>
    public required IReadOnlyList<StepFigures> Steps { get; init; }

    /// <summary>What each connection has to carry.</summary>
    public required IReadOnlyList<ConnectionLoad> Loads { get; init; }

    /// <summary>What is different from the version in force; null where it was not compared.</summary>
    public SimulationDiff? Diff { get; init; }

    /// <summary>All messages that go.</summary>
    public long Sent => Messages.Sum(message => message.Email + message.Sms);
}

/// <summary>Messages of one step.</summary>
/// <param name="Journey">The journey's key.</param>
/// <param name="Step">The step.</param>
/// <param name="Message">The message's name.</param>
/// <param name="Email">How many go by e-mail.</param>
/// <param name="Sms">How many go by text message.</param>
/// <param name="Unsent">How many never go.</param>
/// <param name="Waiting">How many are still to go when the simulation ends.</param>
public sealed record MessageFigures(string Journey, string Step, string Message, long Email, long Sms, long Unsent, long Waiting);

/// <summary>Why messages of a journey did not go.</summary>
/// <param name="Journey">The journey's key.</param>
/// <param name="State">Where they stand, in a word.</param>
/// <param name="Reason">The reason, without its dates.</param>
/// <param name="Messages">How many.</param>
public sealed record UnsentFigures(string Journey, string State, string Reason, long Messages);

/// <summary>People at one step.</summary>
/// <param name="Journey">The journey's key.</param>
/// <param name="Version">Its version.</param>
/// <param name="Step">The step.</param>
/// <param name="Most">The most at once, as looked at once a day.</param>
/// <param name="Standing">Who stands there at the end.</param>
/// <param name="Ended">Whose walk ended there.</param>
public sealed record StepFigures(string Journey, int Version, string Step, long Most, long Standing, long Ended);

/// <summary>What a connection has to carry.</summary>
/// <param name="Connection">Its name.</param>
/// <param name="Messages">All messages.</param>
/// <param name="BusiestHour">The hour with the most of them, by its beginning.</param>
/// <param name="InBusiestHour">How many that are.</param>
/// <param name="LimitPerHour">How many its settings let through in an hour; null for no limit.</param>
/// <param name="Days">Messages of each day of UTC, from the first day of the simulation.</param>
/// <param name="Hours">Messages by hour of the day in UTC, 24 numbers.</param>
public sealed record ConnectionLoad(
    string Connection, long Messages, DateTimeOffset BusiestHour, long InBusiestHour, double? LimitPerHour, IReadOnlyList<long> Days, IReadOnlyList<long> Hours);
