using CxOrchestrator.Templating.Rendering;

namespace CxOrchestrator.Templating.Builtins;

/// <summary>The functions <c>timespan.…</c>.</summary>
internal static class TimespanFunctions
{
    /// <summary>The group.</summary>
    public static BuiltinGroup Create() => new BuiltinGroup("timespan")
        .AddValue("zero", TimeSpan.Zero)
        .Add("from_days", "days", (_, a) => Span(a, TimeSpan.TicksPerDay))
        .Add("from_hours", "hours", (_, a) => Span(a, TimeSpan.TicksPerHour))
        .Add("from_minutes", "minutes", (_, a) => Span(a, TimeSpan.TicksPerMinute))
        .Add("from_seconds", "seconds", (_, a) => Span(a, TimeSpan.TicksPerSecond))
        .Add("from_milliseconds", "millis", (_, a) => Span(a, TimeSpan.TicksPerMillisecond))
        .Add("parse", "text", Parse);

    private static TimeSpan Span(CallArguments arguments, long unit)
    {
        var ticks = arguments.Real(0) * unit;
        if (!(Math.Abs(ticks) < long.MaxValue)) throw new ArgumentFault(0, "The time is too long.");
        return TimeSpan.FromTicks((long)ticks);
    }

    private static object Parse(RenderContext context, CallArguments arguments)
    {
        var text = arguments.Text(context, 0);
        if (string.IsNullOrEmpty(text)) return TimeSpan.Zero;
        return TimeSpan.TryParse(text, context.Culture, out var span)
            ? span
            : throw new ArgumentFault(0, "This is no time span. Write for example `1.12:30:00`.");
    }
}
