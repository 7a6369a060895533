using System.Globalization;

namespace CxOrchestrator.Plugins.HelpdeskZendesk.Tickets;

/// <summary>Zendesk's numbers as text.</summary>
internal static class Ids
{
    public static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
