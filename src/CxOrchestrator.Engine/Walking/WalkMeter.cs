using System.Diagnostics.Metrics;

namespace CxOrchestrator.Engine.Walking;

/// <summary>What walking measures of itself, for whoever listens to the meter <c>CxOrchestrator.Engine</c>.</summary>
internal static class WalkMeter
{
    private static readonly Meter Meter = new("CxOrchestrator.Engine");

    private static readonly Counter<long> Walks =
        Meter.CreateCounter<long>("cxo.enrolments.walked", "{enrolment}", "Enrolments that were due and were walked to where they wait, or to their end.");

    private static readonly Counter<long> Enrolled =
        Meter.CreateCounter<long>("cxo.enrolments.scheduled", "{enrolment}", "Enrolments that schedules have begun.");

    /// <summary>So many are stored.</summary>
    public static void Walked(int count) => Walks.Add(count);

    /// <summary>A schedule has begun so many.</summary>
    public static void Scheduled(int count) => Enrolled.Add(count);
}
