namespace CxOrchestrator.Host.Simulating;

/// <summary>Who is in a segment, throughout a simulation.</summary>
/// <param name="Ids">By their ids in the CRM.</param>
/// <param name="Source">Where that is known from, in words.</param>
internal sealed record KnownSegment(IReadOnlyList<string> Ids, string Source);
