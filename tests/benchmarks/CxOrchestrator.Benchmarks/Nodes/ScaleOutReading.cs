namespace CxOrchestrator.Benchmarks.Nodes;

/// <summary>What was seen of so many nodes.</summary>
/// <param name="Nodes">How many.</param>
/// <param name="Rate">Messages a second that the mail server took.</param>
/// <param name="Slowest">Messages in the second with least.</param>
/// <param name="Busy">Share of all processors' time that was used, by whomever.</param>
/// <param name="Disk">What was asked of the disks: where everything waited for them, they were the limit.</param>
internal sealed record ScaleOutReading(int Nodes, double Rate, double Slowest, double Busy, DiskUsed Disk);
