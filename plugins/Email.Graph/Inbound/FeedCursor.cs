using System.Text.Json;

namespace CxOrchestrator.Plugins.EmailGraph.Inbound;

/// <summary>Where the reading of the folder stands.</summary>
/// <param name="Link">Graph's link to what comes next, to be followed as it is.</param>
/// <param name="Since">The newest message that was read; where it begins anew when Graph has forgotten the link.</param>
/// <param name="At">When the link was given.</param>
/// <param name="Of">What is read: service, mailbox and folder. A link of another one would go on reading that.</param>
internal sealed record FeedCursor(string Link, DateTimeOffset Since, DateTimeOffset At, string Of)
{
    /// <summary>The cursor as the host keeps it.</summary>
    public string Write() => JsonSerializer.Serialize(this);

    /// <summary>What the settings say is read.</summary>
    public static string Source(GraphSettings settings) => $"{settings.BaseUrl.Authority}/{settings.Mailbox}/{settings.Folder}".ToLowerInvariant();

    /// <summary>Reads what the host kept; null where it is none of ours, as after a change of plugin, or of something else, as after a change of settings.</summary>
    public static FeedCursor? Read(string text, string source)
    {
        try
        {
            return JsonSerializer.Deserialize<FeedCursor>(text) is { Link.Length: > 0 } cursor && cursor.Of == source ? cursor : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
