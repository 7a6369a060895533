namespace CxOrchestrator.Benchmarks;

/// <summary>One thing to measure.</summary>
/// <param name="Name">The word on the command line.</param>
/// <param name="Summary">Its options and what it is for.</param>
/// <param name="Run">Measures, prints, and gives the exit code: 0 where every line is met, 1 where one isn't.</param>
internal sealed record BenchmarkCommand(string Name, string Summary, Func<Options, int> Run);
