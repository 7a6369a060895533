using CxOrchestrator.Core.Publishing;

namespace CxOrchestrator.Storage;

/// <summary>Journeys' states as both stores read them.</summary>
internal static class StoredState
{
    public static JourneyState Read(IStoredRow row) =>
        new(row.Text(0), (JourneyStanding)row.Int(1), row.Time(2), row.Text(3), row.Text(4), row.TimeOrNull(5));

    public static HeldCount Count(IReadOnlyList<(int Kind, long All, long Late)> rows)
    {
        var (walks, messages) = (rows.FirstOrDefault(row => row.Kind == 0), rows.FirstOrDefault(row => row.Kind == 1));
        return new HeldCount(walks.All, messages.All, walks.Late, messages.Late);
    }

    /// <summary>Why something that was held is not made up for.</summary>
    public static string Late(JourneyState state, DateTimeOffset due) => $"it was due {due:u}, which is too late: {state.Words}";
}
