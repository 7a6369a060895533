namespace CxOrchestrator.Sdk.Mail;

/// <summary>Headers that are ours.</summary>
public static class LetterHeaders
{
    /// <summary>
    /// The delivery's key, in every letter. Services that put a Message-ID of their own in the place of ours keep it, and so do reports that return
    /// the original's headers.
    /// </summary>
    public const string Delivery = "X-Cxo-Delivery";
}
