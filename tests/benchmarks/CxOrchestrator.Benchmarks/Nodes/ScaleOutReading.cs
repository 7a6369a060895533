namespace CxOrchestrator.Benchmarks.Nodes;

/// <summary>What was seen of so many nodes.</summary>
/// <param name="Nodes">How many.</param>
/// <param name="Rate">Messages a second that the mail server took.</param>
/// <param name="Busy">Share of all processors' time that was used, by whomever.</param>
/// <param name="Open">SMTP connections that were open at the end.</param>
internal sealed record ScaleOutReading(int Nodes, double Rate, double Busy, int Open);
