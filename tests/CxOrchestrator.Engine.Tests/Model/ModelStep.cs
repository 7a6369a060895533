namespace CxOrchestrator.Engine.Tests.Model;

/// <summary>A step of a random journey, as its author would write it.</summary>
public abstract record ModelStep
{
    public sealed record Wait(int Hours) : ModelStep;

    public sealed record Send : ModelStep;

    public sealed record Update : ModelStep;

    public sealed record Exit : ModelStep;

    /// <summary>Over an event type; the steps below come at once when it arrives, those in the list when the time is up.</summary>
    public sealed record WaitFor(string Type, int Hours, ModelSteps Otherwise) : ModelStep;

    /// <summary>By the total of the order that began the walk.</summary>
    public sealed record Choose(int AtLeast, ModelSteps Then, ModelSteps? Otherwise) : ModelStep;

    public sealed record Repeat(int Most, ModelSteps Round) : ModelStep;
}

/// <summary>Steps in their order.</summary>
public sealed record ModelSteps(params ModelStep[] All)
{
    /// <summary>Whether whoever comes to the first may come to what stands below the last.</summary>
    public bool Falls => All.Length == 0 || All[^1] switch
    {
        ModelStep.Exit => false,
        ModelStep.Choose { Otherwise: { } otherwise } choose => choose.Then.Falls || otherwise.Falls,
        _ => true,
    };

    public override string ToString() => $"[ {string.Join(", ", All.Select(step => step.ToString()))} ]";
}

/// <summary>How one may begin again.</summary>
public abstract record ModelReentry
{
    public sealed record Once : ModelReentry;

    public sealed record Always : ModelReentry;

    public sealed record Every(int Hours) : ModelReentry;

    public sealed record PerOrder : ModelReentry;
}

/// <summary>
/// A random journey: begins with <c>order.delivered</c>, perhaps for large orders alone, may be left by <c>order.returned</c>, and may have a goal, which may be just that.
/// </summary>
public sealed record ModelJourney(int AtLeast, ModelReentry Reentry, bool Exits, string? Goal, ModelSteps Steps);
