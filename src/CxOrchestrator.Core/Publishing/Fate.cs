using System.Text.Json.Serialization;

namespace CxOrchestrator.Core.Publishing;

/// <summary>What becomes of somebody in the middle of an older version.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "fate")]
[JsonDerivedType(typeof(Stay), "stay")]
[JsonDerivedType(typeof(Move), "move")]
[JsonDerivedType(typeof(Leave), "leave")]
public abstract record Fate
{
    /// <summary>They finish on the version that they walk.</summary>
    public sealed record Stay : Fate;

    /// <summary>They go on at a step of the new version.</summary>
    /// <param name="Step">The step's id.</param>
    /// <param name="Now">Whether at once, also where a wait still runs.</param>
    public sealed record Move(string Step, bool Now) : Fate;

    /// <summary>They leave the journey.</summary>
    /// <param name="Reason">Why, for people.</param>
    public sealed record Leave(string Reason) : Fate;
}
