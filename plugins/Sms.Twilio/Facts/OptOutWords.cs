using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.SmsTwilio.Facts;

/// <summary>
/// What a person's message asks for. Twilio acts on these words itself, and answers them, when they are the whole message; we understand the same
/// words a little more kindly (<c>Stop.</c>, <c>STOP ALL</c>), because not writing is the smaller fault.
/// </summary>
internal sealed class OptOutWords
{
    private static readonly string[] Stop = ["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"];
    private static readonly string[] Start = ["START", "UNSTOP"];

    private readonly HashSet<string> _stop;

    /// <param name="further">Further opt-out words, separated by commas.</param>
    public OptOutWords(string? further) =>
        _stop = [.. Stop, .. (further ?? "").Split(',').Select(Plain).Where(word => word.Length > 0)];

    /// <summary>The type of event that a message is.</summary>
    /// <param name="text">The person's words.</param>
    /// <param name="optOutType">What Twilio took it for (<c>STOP</c>, <c>START</c>, <c>HELP</c>), where advanced opt-out is on; it has the say.</param>
    public IReadOnlyList<string> Read(string text, string? optOutType)
    {
        var word = Plain(text);
        return optOutType?.ToUpperInvariant() switch
        {
            "STOP" => [ServiceFacts.ContactOptedOut],
            "START" => [ServiceFacts.ContactOptedIn],
            _ when _stop.Contains(word) => [ServiceFacts.ContactOptedOut],
            _ when Start.Contains(word) => [ServiceFacts.ContactOptedIn],
            // Twilio takes YES for START, but it may as well be the answer to a question: it is told as both.
            _ when word == "YES" => [ServiceFacts.ContactOptedIn, ServiceFacts.MessageReplied],
            _ => [ServiceFacts.MessageReplied],
        };
    }

    // Letters alone (with the marks that some scripts need), in capitals.
    private static string Plain(string text) =>
        string.Concat(text.Normalize().Where(sign => !char.IsWhiteSpace(sign) && !char.IsPunctuation(sign))).ToUpperInvariant();
}
