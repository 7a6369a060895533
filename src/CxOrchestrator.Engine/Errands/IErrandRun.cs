using CxOrchestrator.Core.Errands;

namespace CxOrchestrator.Engine.Errands;

/// <summary>Runs one kind of errand.</summary>
internal interface IErrandRun
{
    /// <summary>Which kind.</summary>
    ErrandKind Kind { get; }

    /// <summary>Runs it; safe to repeat.</summary>
    Task<ErrandOutcome> RunAsync(Errand errand);
}

/// <summary>What a run came to.</summary>
internal abstract record ErrandOutcome
{
    /// <summary>It is done.</summary>
    public sealed record Done(string Words) : ErrandOutcome;

    /// <summary>Not now.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="RetryAfter">How long the service asks to wait, or null.</param>
    /// <param name="Tried">False where nobody was called, so that it doesn't count as a try.</param>
    public sealed record Again(string Reason, TimeSpan? RetryAfter, bool Tried) : ErrandOutcome;

    /// <summary>Never.</summary>
    public sealed record Dead(string Reason) : ErrandOutcome;
}
