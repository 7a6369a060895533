namespace CxOrchestrator.NodeRig.Stops;

/// <summary>A stop that is to come.</summary>
/// <param name="Kind">What is stopped.</param>
/// <param name="Node">Which node, from 0.</param>
/// <param name="At">When so much of all mail has been taken, 0 to 1.</param>
/// <param name="After">And this long after.</param>
/// <param name="Away">How long the mail server stays away.</param>
public sealed record PlannedStop(StopKind Kind, int Node, double At, TimeSpan After, TimeSpan Away)
{
    /// <summary>
    /// Stops at moments by chance over the whole of the work, in order. They follow the work and not the clock, so that on a slow machine as on a fast one
    /// none falls into a time when nothing is left to do.
    /// </summary>
    public static IReadOnlyList<PlannedStop> Draw(int seed, int nodes, int kills, int databases, int mailServers)
    {
        var random = new Random(seed);
        var kinds = Enumerable.Repeat(StopKind.Node, kills)
            .Concat(Enumerable.Repeat(StopKind.Database, databases))
            .Concat(Enumerable.Repeat(StopKind.MailServer, mailServers));
        return
        [
            .. kinds.Select(kind => new PlannedStop(
                    kind, random.Next(nodes), 0.01 + (0.95 * random.NextDouble()), TimeSpan.FromMilliseconds(random.Next(400)),
                    TimeSpan.FromMilliseconds(random.Next(100, 2_000))))
                .OrderBy(stop => stop.At),
        ];
    }
}
