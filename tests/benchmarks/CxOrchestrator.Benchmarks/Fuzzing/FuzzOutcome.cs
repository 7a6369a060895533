namespace CxOrchestrator.Benchmarks.Fuzzing;

/// <summary>What became of a template.</summary>
internal enum FuzzOutcome
{
    /// <summary>It doesn't parse.</summary>
    Refused,

    /// <summary>It rendered to a text.</summary>
    Rendered,

    /// <summary>Its rendering ended in an error.</summary>
    Failed,

    /// <summary>Its rendering ended at a limit.</summary>
    Limited,
}
