using CxOrchestrator.NodeRig.Mail;
using CxOrchestrator.NodeRig.Nodes;
using CxOrchestrator.NodeRig.Stops;
using CxOrchestrator.NodeRig.Work;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Benchmarks.Nodes.Soaking;

/// <summary>Full load for a moment, to know what it is; then half of it for as long as is asked, with faults; then a look at what is left.</summary>
internal sealed class SoakRun : IDisposable
{
    private const double Gentle = 100;
    private const double Beyond = 5_000;
    private static readonly TimeSpan Sampling = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan FullLoad = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    private readonly SoakOptions _options;
    private readonly LongWork _work;
    private readonly PostgresServer _database = PostgresServer.Durable();
    private readonly RecordingMailServer _mail = new();
    private readonly Latencies _latencies = new();
    private readonly Fleet _fleet;
    private readonly Orders _orders;
    private readonly SteadyOrders _steady;
    private readonly SoakFaults _faults;
    private readonly List<SoakSample> _samples = [];
    private double _full;
    private DateTimeOffset _began;

    private SoakRun(SoakOptions options, LongWork work)
    {
        _options = options;
        _work = work;
        _mail.Record.Taken = _latencies.Taken;
        _fleet = new Fleet(new FleetOptions { Nodes = options.Nodes, Database = _database.NewDatabase(), MailPort = _mail.Port, Content = MailingContent.Files });
        _orders = new Orders(_fleet);
        _steady = new SteadyOrders(_orders, _latencies, options.Customers);
        _faults = new SoakFaults(_fleet, _database, _mail, options.Seed);
    }

    /// <summary>Does it all.</summary>
    public static async Task<SoakReport> RunAsync(SoakOptions options, LongWork work)
    {
        using var run = new SoakRun(options, work);
        await run.PrepareAsync();
        using var over = new CancellationTokenSource();
        var reviving = run._faults.ReviveAsync(over.Token);
        try
        {
            await run.SoakAsync();
        }
        finally
        {
            await over.CancelAsync();
            await reviving;
        }

        await run._fleet.StopAsync();
        return await run.JudgeAsync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _orders.Dispose();
        _fleet.Dispose();
        _mail.Dispose();
        _database.Dispose();
    }

    private async Task PrepareAsync()
    {
        await _fleet.DoAsync("migrate");
        await _fleet.DoAsync("journeys", "publish");
        await using (var crowd = new Crowd(_fleet))
            await crowd.AddAsync(0, _options.Customers, done => _work.Tell(0, $"making customers ({done:0%})"));
        for (var node = 0; node < _options.Nodes; node++)
            _fleet.Start(node);
        for (var node = 0; node < _options.Nodes; node++)
            await _fleet.ListeningAsync(node);
    }

    private async Task SoakAsync()
    {
        using var giveUp = new CancellationTokenSource();
        _full = await FullLoadAsync(giveUp.Token);
        _began = TimeProvider.System.GetUtcNow();
        _latencies.Take();
        using (var over = new CancellationTokenSource(_options.Length))
        {
            var posting = _steady.PostAsync(_full / 2, over.Token, giveUp.Token);
            var faulting = _faults.MakeAsync(over.Token);
            var sampling = SampleAsync(over.Token);

            // Where one of them can't go on, the others would show nothing more that counts.
            await Task.WhenAny(posting, faulting, sampling);
            await over.CancelAsync();
            await Task.WhenAll(posting, faulting, sampling);
        }

        await RestAsync();
    }

    private async Task<SoakReport> JudgeAsync()
    {
        _work.Tell(1, "judging");
        var judged = await new HardStopJudge(_fleet, _mail.Record.All(), _orders.Acknowledged, _faults.Stops, _faults.Falls).JudgeAsync(_options.Seed, _steady.Count, oneEach: false);
        var (errors, unexplained) = LoggedErrors.Read(_fleet, _faults.Made);
        return new SoakReport(_began, _full, _samples, _faults.Made, judged, errors, unexplained);
    }

    // Intake comes before sending: what was taken in is measured until the last of it is done, not while more comes in.
    private async Task<double> FullLoadAsync(CancellationToken giveUp)
    {
        _work.Tell(0, "full load");
        using (var over = new CancellationTokenSource(WarmUp))
            await _steady.PostAsync(Gentle, over.Token, giveUp);
        await RestAsync();
        var (posted, began) = (_steady.Count, TimeProvider.System.GetTimestamp());
        using (var over = new CancellationTokenSource(FullLoad))
            await _steady.PostAsync(Beyond, over.Token, giveUp);
        await RestAsync();
        return (_steady.Count - posted) / TimeProvider.System.GetElapsedTime(began).TotalSeconds;
    }

    private async Task SampleAsync(CancellationToken over)
    {
        var began = TimeProvider.System.GetTimestamp();
        using var beat = new PeriodicTimer(Sampling);
        var taken = _mail.Record.Count;
        var processors = new SoakProcessors(_fleet, _database);
        processors.Read();
        var disk = new DiskUse();
        var readings = new SoakReadings(_options.Readings, _options.Nodes);
        while (!over.IsCancellationRequested)
        {
            try
            {
                await beat.WaitForNextTickAsync(over);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            var now = _mail.Record.Count;
            var latencies = _latencies.Take();
            _samples.Add(new SoakSample(
                TimeProvider.System.GetUtcNow(), (now - taken) / Sampling.TotalSeconds,
                latencies.Length == 0 ? null : latencies[latencies.Length / 2], latencies.Length == 0 ? null : latencies[(int)(latencies.Length * 0.99)],
                [.. Enumerable.Range(0, _options.Nodes).Select(node => _fleet.ResidentOf(node) / 1024.0 / 1024)], processors.Read(), disk.Read()));
            taken = now;
            readings.Add(_samples[^1], _faults.Made.Count);
            _work.Tell(TimeProvider.System.GetElapsedTime(began) / _options.Length, $"{_samples[^1].Rate:#,0} a second, {_samples[^1].Median:0} ms, {_faults.Made.Count} faults");
        }
    }

    private async Task RestAsync()
    {
        var began = TimeProvider.System.GetTimestamp();
        var rows = new StoredRows(_fleet);
        WorkLeft left;
        while (!(left = await rows.LeftAsync()).None)
        {
            if (TimeProvider.System.GetElapsedTime(began) > Patience)
                throw new TimeoutException($"It doesn't come to rest: {left}\n{_fleet.Tail(0)}");
            await Task.Delay(TimeSpan.FromSeconds(1));
        }
    }
}
