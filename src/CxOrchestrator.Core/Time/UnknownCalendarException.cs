namespace CxOrchestrator.Core;

/// <summary>Something counts in a calendar that the settings don't have (any more). Nothing is decided by another calendar for that.</summary>
/// <param name="calendar">The calendar's name.</param>
public sealed class UnknownCalendarException(string calendar) : InvalidOperationException($"the calendar '{calendar}' is not configured: add Calendars:{calendar} to the settings")
{
    /// <summary>The name.</summary>
    public string Calendar { get; } = calendar;
}
