namespace CxOrchestrator.Core.Journeys;

/// <summary>Says what begins a journey, for people.</summary>
public static class TriggerWords
{
    /// <summary>For example <c>3 days before birthday at 09:00, every year</c>; without the condition.</summary>
    public static string Of(Trigger trigger) => trigger switch
    {
        DateTrigger date => $"{Day(date)} at {date.At:HH\\:mm}{(date.Yearly ? ", every year" : "")}",
        ChangeTrigger change => $"a change of {change.Field}",
        SegmentTrigger { Leaves: true } segment => $"leaving the segment {segment.Segment}",
        SegmentTrigger segment => $"entering the segment {segment.Segment}{(segment.Already ? ", or being in it already" : "")}",
        AnswerTrigger answer => $"an answer to the survey {answer.Survey}",
        SilenceTrigger silence => $"no {silence.Of} for {silence.For}{(silence.SinceKnown ? ", also since they became known" : "")}{(silence.Already ? ", also from before" : "")}",
        EventTrigger on => on.On,
        ScheduleTrigger at => $"{at.Cron} ({at.TimeZone}) for {at.Segment ?? "everybody"}",
        _ => trigger.ToString() ?? "",
    };

    private static string Day(DateTrigger date) => date.Shift switch
    {
        { Months: 0, Days: 0 } => $"on {date.Field}",
        { Months: < 0 } or { Days: < 0 } => $"{date.Shift} before {date.Field}",
        _ => $"{date.Shift} after {date.Field}",
    };
}
