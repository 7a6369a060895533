namespace CxOrchestrator.Host.Simulating;

/// <summary>What is to be simulated, as it was called for.</summary>
internal sealed record SimulationOrder
{
    /// <summary>Files of journeys that take the place of those in force; none runs what is in force.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary><c>all</c>, a number, or a customer.</summary>
    public string Customers { get; init; } = "all";

    /// <summary>How many days.</summary>
    public int Days { get; init; } = 90;

    /// <summary>When it begins, in customers' time; null for now.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The seed.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>How often it looks what is due; zero for every second at which anything is.</summary>
    public TimeSpan Step { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary><c>history</c>, <c>none</c>, or a file of rates.</summary>
    public string Answers { get; init; } = "history";

    /// <summary>Rates that stand in the place of those: <c>nps=30%</c>.</summary>
    public IReadOnlyList<string> Rates { get; init; } = [];

    /// <summary><c>replay</c>, <c>none</c>, or a file of events.</summary>
    public string Events { get; init; } = "replay";

    /// <summary>Members of segments, in the place of those that the store keeps: <c>NAME=FILE</c>.</summary>
    public IReadOnlyList<string> Segments { get; init; } = [];

    /// <summary>Whether it is compared with what is in force.</summary>
    public bool Compares { get; init; } = true;
}
