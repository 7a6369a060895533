namespace CxOrchestrator.Core;

/// <summary>Makes keys that sort in order of time (UUID version 7, RFC 9562).</summary>
public static class Ids
{
    /// <summary>A new key for something that comes to be at this time.</summary>
    public static Guid New(DateTimeOffset at) => Guid.CreateVersion7(at);
}
