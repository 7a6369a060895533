using System.Diagnostics.Metrics;

namespace CxOrchestrator.Benchmarks.Walking;

/// <summary>Listens to how many enrolments the engine has walked, and how many its schedules have begun.</summary>
internal sealed class WalkCount : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _walked;
    private long _scheduled;

    public WalkCount()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name is "cxo.enrolments.walked" or "cxo.enrolments.scheduled")
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>(
            (instrument, value, _, _) => Interlocked.Add(ref instrument.Name == "cxo.enrolments.walked" ? ref _walked : ref _scheduled, value));
        _listener.Start();
    }

    /// <summary>Enrolments walked and stored since the start.</summary>
    public long Walked => Interlocked.Read(ref _walked);

    /// <summary>Enrolments that schedules have begun since the start.</summary>
    public long Scheduled => Interlocked.Read(ref _scheduled);

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();
}
