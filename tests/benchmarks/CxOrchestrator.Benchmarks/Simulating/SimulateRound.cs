namespace CxOrchestrator.Benchmarks.Simulating;

/// <summary>What was seen of one simulation.</summary>
/// <param name="Took">All of it.</param>
/// <param name="Copied">The copy of the store, of it.</param>
/// <param name="Processor">Processor time of this process.</param>
/// <param name="Looks">How often the clock stopped.</param>
/// <param name="Events">Events that happened.</param>
/// <param name="Messages">Messages that went.</param>
/// <param name="Unsent">Messages that did not.</param>
/// <param name="Answers">Answers.</param>
/// <param name="Bare">The same messages as bare rows.</param>
internal sealed record SimulateRound(
    TimeSpan Took, TimeSpan Copied, TimeSpan Processor, int Looks, long Events, int Messages, int Unsent, long Answers, TimeSpan Bare);
