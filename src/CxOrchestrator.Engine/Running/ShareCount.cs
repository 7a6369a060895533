using CxOrchestrator.Core;
using CxOrchestrator.Core.Nodes;

namespace CxOrchestrator.Engine.Running;

/// <summary>Finds this node's <see cref="NodeShare"/> from how many others it hears of.</summary>
internal sealed class ShareCount(NodeShare share, Clocks clocks, EngineOptions options)
{
    private readonly Queue<(long At, int Others)> _heard = new();
    private long? _joined;

    /// <summary>Registered, or one of them again after it was taken for lost.</summary>
    public void Joined(int others)
    {
        // Where nobody else is, nobody has to be waited for.
        _joined = others > 0 ? clocks.Machine.GetTimestamp() : null;
        Heard(others);
    }

    /// <summary>The store has told how many others live.</summary>
    public void Heard(int others)
    {
        var now = clocks.Machine.GetTimestamp();
        _heard.Enqueue((now, others));
        while (clocks.Machine.GetElapsedTime(_heard.Peek().At, now) > options.NodeLease)
            _heard.Dequeue();
        if (_joined is { } joined && clocks.Machine.GetElapsedTime(joined, now) > options.NodeLease)
            _joined = null;
        share.Part = _joined is null ? 1.0 / (1 + _heard.Max(one => one.Others)) : 0;
    }
}
