namespace CxOrchestrator.Core;

/// <summary>A time during which an office is open, by its own clock.</summary>
/// <param name="From">When it opens.</param>
/// <param name="Length">For how long by the clock on the wall: more than nothing, at most 24 hours; it may end on the next day.</param>
public readonly record struct OpenSpan(TimeOnly From, TimeSpan Length)
{
    /// <summary>When it opens, counted from midnight.</summary>
    public TimeSpan Opens => From.ToTimeSpan();

    /// <summary>When it closes, counted from the midnight before it opens; more than 24 hours where that is on the next day.</summary>
    public TimeSpan Closes => Opens + Length;

    /// <summary>From one time of day to another, on the next day where that is the earlier or the same.</summary>
    public static OpenSpan Between(TimeOnly from, TimeOnly to) => new(from, to == from ? TimeSpan.FromDays(1) : to - from);

    /// <summary>For example <c>09:00-17:30</c>.</summary>
    public override string ToString() => $"{Shown(Opens)}-{(Closes == TimeSpan.FromDays(1) ? "24:00" : Shown(Closes))}";

    private static string Shown(TimeSpan time) => time.ToString(@"hh\:mm", System.Globalization.CultureInfo.InvariantCulture);
}
