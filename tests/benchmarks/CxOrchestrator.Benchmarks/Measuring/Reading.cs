namespace CxOrchestrator.Benchmarks.Measuring;

/// <summary>What was measured of one contender.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Rounds">Nanoseconds a go, one number a round, in the order of the rounds.</param>
/// <param name="Bytes">Bytes allocated a go.</param>
internal sealed record Reading(string Name, IReadOnlyList<double> Rounds, double Bytes)
{
    /// <summary>Nanoseconds a go in the round that was disturbed least.</summary>
    public double Best => Rounds.Min();

    /// <summary>Nanoseconds a go in the middle round.</summary>
    public double Median => Spread.Of(Rounds).Median;

    /// <summary>Goes a second in the middle round.</summary>
    public double Rate => 1e9 / Median;

    /// <summary>How often as fast as another, each round by itself: what disturbs the machine for longer disturbs both.</summary>
    public Spread TimesAsFastAs(Reading other) => Spread.Of([.. other.Rounds.Zip(Rounds, (theirs, mine) => theirs / mine)]);
}
