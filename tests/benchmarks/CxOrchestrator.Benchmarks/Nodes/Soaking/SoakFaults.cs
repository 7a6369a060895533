using CxOrchestrator.NodeRig.Mail;
using CxOrchestrator.NodeRig.Nodes;
using CxOrchestrator.NodeRig.Stops;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Benchmarks.Nodes.Soaking;

/// <summary>Makes faults by chance, one after another, with time between them to recover.</summary>
internal sealed class SoakFaults(Fleet fleet, PostgresServer database, RecordingMailServer mail, int seed)
{
    private const double PutOffShare = 0.3;
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan ForAWhile = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(300);

    private readonly Random _random = new(seed);
    private readonly List<SoakFault> _faults = [];
    private readonly List<DoneStop> _stops = [];
    private readonly List<(int Node, DateTimeOffset At, string Said)> _falls = [];
    private readonly Lock _gate = new();

    /// <summary>Those that were made.</summary>
    public IReadOnlyList<SoakFault> Made => _faults;

    /// <summary>Those after which messages may be in doubt.</summary>
    public IReadOnlyList<DoneStop> Stops => _stops;

    /// <summary>Nodes that ended by themselves, and were started again.</summary>
    public IReadOnlyList<(int Node, DateTimeOffset At, string Said)> Falls => _falls;

    /// <summary>Makes faults until it is over; the last one is ended.</summary>
    public async Task MakeAsync(CancellationToken over)
    {
        try
        {
            while (!over.IsCancellationRequested)
            {
                await Task.Delay(Shortest + TimeSpan.FromSeconds(_random.Next(40)), over);
                await MakeAsync((FaultKind)_random.Next(5));
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // No more of them.
        }
    }

    /// <summary>Starts nodes again that have ended by themselves, as whoever runs a service has it done, until it is over.</summary>
    public async Task ReviveAsync(CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            lock (_gate)
            {
                foreach (var node in fleet.Fallen())
                {
                    _falls.Add((node, TimeProvider.System.GetUtcNow(), fleet.Tail(node)));
                    fleet.Start(node);
                }
            }

            await Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None);
        }
    }

    private async Task MakeAsync(FaultKind kind)
    {
        var began = TimeProvider.System.GetUtcNow();
        var node = fleet.Options.Nodes == 1 ? 0 : 1 + _random.Next(fleet.Options.Nodes - 1);
        var open = kind == FaultKind.NodeKilled ? mail.OpenBy(Fleet.GreetingOf(node)) : mail.Open;
        switch (kind)
        {
            case FaultKind.NodeKilled:
                lock (_gate)
                {
                    fleet.Kill(node);
                    fleet.Start(node);
                }

                break;
            case FaultKind.DatabaseRestarted:
                database.CrashAndStart();
                break;
            case FaultKind.MailServerRestarted:
                mail.Stop();
                await Task.Delay(Away);
                mail.Start();
                break;
            case FaultKind.MailPutOff:
                mail.Manners.PutOffShare = PutOffShare;
                await Task.Delay(ForAWhile);
                mail.Manners.PutOffShare = 0;
                break;
            default:
                mail.Manners.TimePerMessage = Slow;
                await Task.Delay(ForAWhile);
                mail.Manners.TimePerMessage = TimeSpan.Zero;
                break;
        }

        var ended = TimeProvider.System.GetUtcNow();
        _faults.Add(new SoakFault(kind, began, ended));
        if (kind is FaultKind.NodeKilled or FaultKind.DatabaseRestarted or FaultKind.MailServerRestarted)
            _stops.Add(new DoneStop(kind switch { FaultKind.NodeKilled => StopKind.Node, FaultKind.DatabaseRestarted => StopKind.Database, _ => StopKind.MailServer }, node, ended, open));
    }
}
