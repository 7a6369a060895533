using System.Collections.Concurrent;
using CxOrchestrator.NodeRig.Mail;

namespace CxOrchestrator.Benchmarks.Nodes.Soaking;

/// <summary>From the posting of an order to the moment at which the mail server takes its receipt.</summary>
internal sealed class Latencies
{
    private readonly ConcurrentDictionary<string, long> _posted = new(StringComparer.Ordinal);
    private ConcurrentQueue<double> _seen = new();

    /// <summary>Orders are being posted.</summary>
    public void Posting(IEnumerable<string> orders)
    {
        var now = TimeProvider.System.GetTimestamp();
        foreach (var order in orders)
            _posted[order] = now;
    }

    /// <summary>A receipt was taken.</summary>
    public void Taken(TakenMail mail)
    {
        if (_posted.TryRemove(mail.Subject[(mail.Subject.LastIndexOf(' ') + 1)..], out var since))
            _seen.Enqueue(TimeProvider.System.GetElapsedTime(since).TotalMilliseconds);
    }

    /// <summary>Milliseconds of those that were taken since this was last asked, in order.</summary>
    public double[] Take() => [.. Interlocked.Exchange(ref _seen, new ConcurrentQueue<double>()).Order()];
}
