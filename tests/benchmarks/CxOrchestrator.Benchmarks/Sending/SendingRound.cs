namespace CxOrchestrator.Benchmarks.Sending;

/// <summary>What was seen of one round.</summary>
/// <param name="Ours">Messages a second from due to accepted and stored.</param>
/// <param name="Theirs">Messages a second of <c>smtp-source</c>, before and after, in the middle.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Settled">Seconds until what follows from the messages was done too.</param>
/// <param name="Processor">Processor time of this process a message, in microseconds.</param>
/// <param name="Sink">The same of the sink.</param>
/// <param name="Store">The same of the database's own processes.</param>
/// <param name="Bytes">Bytes allocated a message.</param>
/// <param name="Stages">Seconds by stage.</param>
internal sealed record SendingRound(
    double Ours, double Theirs, double Seconds, double Settled, double Processor, double Sink, double Store, double Bytes, IReadOnlyDictionary<string, double> Stages);
