namespace CxOrchestrator.Benchmarks.Walking;

/// <summary>What was seen of one round of one journey.</summary>
/// <param name="Mix">The journey.</param>
/// <param name="Wakes">Enrolments walked a second.</param>
/// <param name="Bare">Rows a second of the bare queue, before and after, in the middle.</param>
/// <param name="Processor">Processor time of this process a wake, in microseconds.</param>
/// <param name="Server">Processor time of the database's server a wake, in microseconds.</param>
/// <param name="Bytes">Bytes allocated a wake.</param>
internal sealed record WalkRound(WalkMix Mix, double Wakes, double Bare, double Processor, double Server, double Bytes)
{
    /// <summary>Steps a second.</summary>
    public double Steps => Wakes * Mix.Steps;
}
