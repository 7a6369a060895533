namespace CxOrchestrator.Benchmarks.Measuring;

/// <summary>Something to be timed.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Work">One go; what it gives is kept, so that nothing is optimised away.</param>
internal sealed record Contender(string Name, Func<object?> Work);
