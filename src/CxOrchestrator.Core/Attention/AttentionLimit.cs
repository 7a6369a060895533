using System.Globalization;

namespace CxOrchestrator.Core.Attention;

/// <summary>How many messages a customer gets in any span of a length.</summary>
/// <param name="Messages">At most so many, from 1.</param>
/// <param name="Within">In any span of this length by the clock, whatever the calendar says; longer than nothing.</param>
public sealed record AttentionLimit(int Messages, TimeSpan Within)
{
    /// <summary>For example <c>2 messages in 7 days</c>.</summary>
    public override string ToString() => $"{Messages} {(Messages == 1 ? "message" : "messages")} in {Span}";

    private string Span => Within.TotalHours % 24 == 0
        ? Counted(Within.TotalDays, "day")
        : Counted(Within.TotalHours, "hour");

    private static string Counted(double number, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:0.##} {unit}{(number == 1 ? "" : "s")}");
}
