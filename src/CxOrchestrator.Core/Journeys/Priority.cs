namespace CxOrchestrator.Core.Journeys;

/// <summary>How a journey's messages stand to others' where a customer's attention budget has no room for all: the higher goes first.</summary>
public static class Priority
{
    /// <summary>The lowest.</summary>
    public const int Lowest = 0;

    /// <summary>Where nothing is said.</summary>
    public const int Normal = 50;

    /// <summary>The highest.</summary>
    public const int Highest = 100;
}
