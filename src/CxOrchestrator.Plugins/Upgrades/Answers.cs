using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Upgrades;

/// <summary>Which calls are shared out between two versions, and which are not.</summary>
internal static class Answers
{
    /// <summary>
    /// A plain number or yes and no is a question about the connector itself, such as whether it honours keys or how large a
    /// batch it likes, and no call of the service. Both versions are asked, since nobody knows which will do the work.
    /// </summary>
    public static bool AreAboutTheConnector<T>() => typeof(T) == typeof(bool) || typeof(T) == typeof(int);

    /// <summary>
    /// Pages are read by the active version alone: a cursor belongs to the version that gave it, and one that a version on trial
    /// had moved on could be of no use to the other after it went back.
    /// </summary>
    public static bool HaveCursors<T>() => typeof(T).IsGenericType && typeof(T).GetGenericTypeDefinition() == typeof(Page<>);

    /// <summary>The answer with which neither version is asked too much: no rather than yes, the smaller number.</summary>
    /// <param name="active">The active version's.</param>
    /// <param name="candidate">The other's; null where it gave none.</param>
    public static T MoreCareful<T>(T active, object? candidate) => (active, candidate) switch
    {
        (bool yes, _) => (T)(object)(yes && candidate is true),
        (int number, int other) => (T)(object)Math.Min(number, other),
        _ => active,
    };
}
