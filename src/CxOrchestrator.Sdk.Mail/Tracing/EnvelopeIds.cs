namespace CxOrchestrator.Sdk.Mail;

/// <summary>The ENVID of a delivery (RFC 3461, 4.4), which comes back in a report as Original-Envelope-Id.</summary>
public static class EnvelopeIds
{
    private const string Ours = "cxo-";
    private const int Longest = 100;

    /// <summary>The id; null where the key is too long to be one.</summary>
    public static string? For(string deliveryKey) => Ours.Length + deliveryKey.Length <= Longest ? Ours + deliveryKey : null;

    /// <summary>The delivery of an id that came back.</summary>
    public static TraceResult Read(string? envelopeId) =>
        envelopeId?.Trim() is { } id && id.StartsWith(Ours, StringComparison.OrdinalIgnoreCase) ? TraceResult.Of(id[Ours.Length..]) : TraceResult.Nothing;
}
