using System.Diagnostics;
using System.Diagnostics.Metrics;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Ledger;

namespace CxOrchestrator.Engine.Dispatch;

/// <summary>What sending measures of itself, for whoever listens to the meter <c>CxOrchestrator.Engine</c>.</summary>
internal static class DispatchMeter
{
    private static readonly Meter Meter = new("CxOrchestrator.Engine");

    private static readonly Counter<long> Answered =
        Meter.CreateCounter<long>("cxo.deliveries.answered", "{delivery}", "Handed-over deliveries whose outcome is stored, by state and channel.");

    private static readonly Histogram<double> Stage =
        Meter.CreateHistogram<double>("cxo.stage", "s", "How long a stage of walking and sending took for a batch; stages run side by side.");

    /// <summary>Outcomes are stored, of messages by the channels that they went.</summary>
    public static void Stored(IEnumerable<(DeliveryState State, Channel Via)> outcomes)
    {
        if (!Answered.Enabled)
            return;
        foreach (var (one, count) in outcomes.CountBy(outcome => outcome))
            Answered.Add(count, new KeyValuePair<string, object?>("state", one.State.ToString()), new KeyValuePair<string, object?>("channel", one.Via.ToString()));
    }

    /// <summary>A stage has ended that began at a timestamp of <see cref="Stopwatch"/>.</summary>
    public static void Took(string stage, long since) =>
        Stage.Record(Stopwatch.GetElapsedTime(since).TotalSeconds, new KeyValuePair<string, object?>("stage", stage));
}
