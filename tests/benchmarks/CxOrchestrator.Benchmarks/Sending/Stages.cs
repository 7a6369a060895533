using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace CxOrchestrator.Benchmarks.Sending;

/// <summary>Listens to what the engine measures of itself: messages by outcome, and how long each stage of sending took.</summary>
internal sealed class Stages : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, double> _seconds = new(StringComparer.Ordinal);
    private long _accepted;
    private long _emails;
    private long _others;

    public Stages()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "CxOrchestrator.Engine")
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>(Count);
        _listener.SetMeasurementEventCallback<double>(Time);
        _listener.Start();
    }

    /// <summary>Messages accepted since the start.</summary>
    public long Accepted => Interlocked.Read(ref _accepted);

    /// <summary>E-mails among them.</summary>
    public long Emails => Interlocked.Read(ref _emails);

    /// <summary>Messages that came to anything else.</summary>
    public long Others => Interlocked.Read(ref _others);

    /// <summary>Seconds by stage since the start; stages run side by side.</summary>
    public Dictionary<string, double> Seconds => new(_seconds);

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private void Count(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        if (instrument.Name != "cxo.deliveries.answered")
            return;
        var accepted = tags[0].Value is "Accepted";
        Interlocked.Add(ref accepted ? ref _accepted : ref _others, value);
        if (accepted && tags[1].Value is "Email")
            Interlocked.Add(ref _emails, value);
    }

    private void Time(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        if (instrument.Name == "cxo.stage")
            _seconds.AddOrUpdate((string)tags[0].Value!, value, (_, sum) => sum + value);
    }
}
