namespace CxOrchestrator.Sdk.Mail;

/// <summary>Which delivery something is about.</summary>
/// <param name="DeliveryKey">The delivery's key, or null.</param>
/// <param name="IsForged">True where it claims to be about a delivery, under a seal that is not ours.</param>
public sealed record TraceResult(string? DeliveryKey, bool IsForged)
{
    /// <summary>It names none of ours.</summary>
    public static TraceResult Nothing { get; } = new(null, false);

    /// <summary>It is made up.</summary>
    public static TraceResult Forged { get; } = new(null, true);

    /// <summary>A text that stands where a key does; <see cref="Nothing"/> where it can't be one.</summary>
    public static TraceResult Of(string key) =>
        key.Length is > 0 and <= 200 && key.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? new TraceResult(key, false) : Nothing;
}
