namespace CxOrchestrator.Benchmarks.Nodes.Soaking;

/// <summary>What was seen in ten seconds.</summary>
/// <param name="At">Their end.</param>
/// <param name="Rate">Messages a second that the mail server took.</param>
/// <param name="Median">Half of them were taken within so many milliseconds of the order's posting; null where none was.</param>
/// <param name="High">99 of 100 were.</param>
/// <param name="Memory">Megabytes that each node held; null where it didn't run.</param>
/// <param name="Processors">Who used how many.</param>
/// <param name="Disk">What the machine asked of its disks.</param>
internal sealed record SoakSample(
    DateTimeOffset At, double Rate, double? Median, double? High, IReadOnlyList<double?> Memory, ProcessorsUsed Processors, DiskUsed Disk);
