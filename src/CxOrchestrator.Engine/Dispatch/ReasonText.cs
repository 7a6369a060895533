namespace CxOrchestrator.Engine.Dispatch;

/// <summary>Keeps what connectors say to a length that can be stored and read.</summary>
internal static class ReasonText
{
    private const int Longest = 500;

    /// <summary>The text, cut where it is too long.</summary>
    public static string Of(string? text) => text is null ? "" : text.Length <= Longest ? text : string.Concat(text.AsSpan(0, Longest), "...");
}
