using System.Diagnostics;
using CxOrchestrator.NodeRig.Mail;
using CxOrchestrator.NodeRig.Nodes;
using CxOrchestrator.NodeRig.Work;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.NodeRig.Stops;

/// <summary>
/// Nodes send a mailing, and receipts of orders that come in meanwhile, while whatever can be stopped is stopped without a word. What is known at the end is
/// held against what the mail server has taken.
/// </summary>
public sealed class HardStopRun : IAsyncDisposable
{
    // One of twenty messages is the receipt of an order.
    private const int PartOfOrders = 20;
    private const int OrdersAtOnce = 10;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LookAtEnd = TimeSpan.FromMilliseconds(500);

    private readonly HardStopOptions _options;
    private readonly Action<double, string> _tell;
    private readonly PostgresServer? _database;
    private readonly RecordingMailServer _mail = new();
    private readonly Orders _orders;
    private readonly List<DoneStop> _stops = [];
    private readonly List<(int Node, DateTimeOffset At, string Said)> _falls = [];

    private HardStopRun(HardStopOptions options, Action<double, string> tell)
    {
        _options = options;
        _tell = tell;
        _mail.Manners.TimePerMessage = options.TimePerMessage;
        _database = options.Postgres ? PostgresServer.Durable() : null;
        Fleet = new Fleet(new FleetOptions
        {
            Nodes = options.Nodes, Database = _database?.NewDatabase(), MailPort = _mail.Port, Content = MailingContent.Files,
        });
        _orders = new Orders(Fleet);
    }

    private Fleet Fleet { get; }

    private int OrderCount => _options.Sends / PartOfOrders;

    private double Progress => _mail.Record.Count / (double)_options.Sends;

    /// <summary>Does it all and judges it.</summary>
    /// <param name="options">How hard it is.</param>
    /// <param name="tell">Is told how far it is, 0 to 1, and what goes on.</param>
    public static async Task<HardStopReport> RunAsync(HardStopOptions options, Action<double, string> tell)
    {
        await using var run = new HardStopRun(options, tell);
        var watch = Stopwatch.StartNew();
        await run.PrepareAsync();
        var sending = Stopwatch.StartNew();
        await run.SendAsync();
        var seconds = sending.Elapsed.TotalSeconds;
        await run.Fleet.StopAsync();
        tell(1, "judging");
        var report = await new HardStopJudge(run.Fleet, run._mail.Record.All(), run._orders.Acknowledged, run._stops, run._falls).JudgeAsync(options.Seed, options.Sends, oneEach: true);
        return report with { SendingSeconds = seconds, AllSeconds = watch.Elapsed.TotalSeconds };
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _orders.Dispose();
        Fleet.Dispose();
        _mail.Dispose();
        _database?.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task PrepareAsync()
    {
        _tell(0, "making customers");
        await Fleet.DoAsync("migrate");
        await Fleet.DoAsync("journeys", "publish");
        await using var crowd = new Crowd(Fleet);
        var customers = await crowd.AddAsync(0, _options.Sends, done => _tell(0.1 * done, "making customers"));
        await crowd.EnrolAsync([.. customers.Take(_options.Sends - OrderCount)], Fleet.Now, done => _tell(0.1 + (0.05 * done), "enrolling"));
    }

    private async Task SendAsync()
    {
        for (var node = 0; node < _options.Nodes; node++)
            Fleet.Start(node);
        for (var node = 0; node < _options.Nodes; node++)
            await Fleet.ListeningAsync(node);
        using var over = new CancellationTokenSource();
        var reviving = ReviveAsync(over.Token);
        var ordering = OrderAsync(over.Token);
        try
        {
            foreach (var stop in PlannedStop.Draw(_options.Seed, _options.Nodes, _options.Kills, _options.DatabaseRestarts, _options.MailServerRestarts))
            {
                await UntilAsync(() => Progress >= stop.At);
                await Task.Delay(stop.After);
                await StopAsync(stop);
            }

            await ordering;
            await SettleAsync();
        }
        finally
        {
            await over.CancelAsync();
            await reviving;
        }
    }

    private async Task StopAsync(PlannedStop stop)
    {
        var open = stop.Kind == StopKind.Node ? _mail.OpenBy(Fleet.GreetingOf(stop.Node)) : _mail.Open;
        _tell(0.15 + (0.84 * Progress), $"stop {_stops.Count + 1}");
        switch (stop.Kind)
        {
            case StopKind.Node:
                lock (_falls)
                {
                    Fleet.Kill(stop.Node);
                    Fleet.Start(stop.Node);
                }

                break;
            case StopKind.Database:
                _database?.CrashAndStart();
                break;
            default:
                _mail.Stop();
                await Task.Delay(stop.Away);
                _mail.Start();
                break;
        }

        lock (_stops)
            _stops.Add(new DoneStop(stop.Kind, stop.Node, TimeProvider.System.GetUtcNow(), open));
    }

    // Whoever runs a service has it started again when it ends, as it does where it is started while the database is away.
    private async Task ReviveAsync(CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            lock (_falls)
            {
                foreach (var node in Fleet.Fallen())
                {
                    _falls.Add((node, TimeProvider.System.GetUtcNow(), Fleet.Tail(node)));
                    Fleet.Start(node);
                }
            }

            await Task.Delay(LookAtEnd, CancellationToken.None);
        }
    }

    private async Task OrderAsync(CancellationToken over)
    {
        var first = _options.Sends - OrderCount;
        var posted = 0;
        foreach (var customers in Enumerable.Range(first, OrderCount).Chunk(OrdersAtOnce))
        {
            var due = 0.9 * posted / OrderCount;
            while (Progress < due)
                await Task.Delay(Look, over);
            await _orders.PostAsync([.. customers.Select(customer => ($"order-{customer}", customer))], over);
            posted += customers.Length;
        }
    }

    private Task UntilAsync(Func<bool> holds) => UntilAsync(() => Task.FromResult(holds()), Look);

    private async Task UntilAsync(Func<Task<bool>> holds, TimeSpan look)
    {
        var (seen, since) = (_mail.Record.Count, Stopwatch.GetTimestamp());
        while (!await holds())
        {
            if (_mail.Record.Count is var now && now != seen)
            {
                (seen, since) = (now, Stopwatch.GetTimestamp());
                _tell(0.15 + (0.84 * Progress), $"{now:#,0} of {_options.Sends:#,0} taken, {_stops.Count} stops");
            }

            if (Stopwatch.GetElapsedTime(since) > _options.Patience)
                throw new TimeoutException(await StandstillAsync(seen));
            await Task.Delay(look);
        }
    }

    private Task SettleAsync() => UntilAsync(async () => (await new StoredRows(Fleet).LeftAsync()).None, LookAtEnd);

    private async Task<string> StandstillAsync(int taken) =>
        $"Seed {_options.Seed}: nothing came forward for {_options.Patience}; {taken:#,0} of {_options.Sends:#,0} messages were taken, after {_stops.Count} stops; "
        + $"left: {await new StoredRows(Fleet).LeftAsync()}\n{string.Join("\n\n", Enumerable.Range(0, _options.Nodes).Select(node => $"Node {node + 1}:\n{Fleet.Tail(node)}"))}";
}
