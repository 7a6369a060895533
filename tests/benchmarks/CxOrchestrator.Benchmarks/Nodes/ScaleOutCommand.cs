using CxOrchestrator.Benchmarks.Measuring;
using CxOrchestrator.NodeRig.Mail;
using CxOrchestrator.NodeRig.Nodes;
using CxOrchestrator.NodeRig.Work;
using CxOrchestrator.TestKit;
using Spectre.Console;

namespace CxOrchestrator.Benchmarks.Nodes;

/// <summary>
/// One, two and four nodes over one PostgreSQL send to a mail server that takes its time for each message, so that connections are the limit and not the
/// processors, which all of them share here.
/// </summary>
internal sealed class ScaleOutCommand : IDisposable
{
    private static readonly (int Nodes, double Line)[] Steps = [(1, 1), (2, 1.9), (4, 3.6)];

    private readonly PostgresServer _database = PostgresServer.Durable();
    private readonly RecordingMailServer _mail = new();
    private readonly Fleet _fleet;
    private readonly ScaleOutOptions _options;

    private ScaleOutCommand(ScaleOutOptions options)
    {
        _options = options;
        _mail.Manners.TimePerMessage = options.TimePerMessage;
        _fleet = new Fleet(new FleetOptions
        {
            Nodes = Steps[^1].Nodes, Database = _database.NewDatabase(), MailPort = _mail.Port, Connections = options.Connections,
            Content = options.AcceptedIsHeard ? MailingContent.Files : MailingContent.MailingFiles,
        });
    }

    /// <summary>Measures and prints.</summary>
    public static int Run(Options options)
    {
        var asked = new ScaleOutOptions(
            (int)options.Whole("--connections", 4), TimeSpan.FromMilliseconds(options.Number("--milliseconds", 20, 1)), TimeSpan.FromSeconds(options.Number("--seconds", 12, 1)),
            TimeSpan.FromSeconds(options.Number("--warm-up", 20, 1)), (int)options.Whole("--repeats", 3), Heard(options.Text("--accepted") ?? "unheard"));
        options.RefuseOthers();
        if (asked.Connections > 64)
            throw new FormatException("--connections goes up to 64.");
        using var command = new ScaleOutCommand(asked);
        List<ScaleOutReading> readings = [];
        LongWork.Do("scale-out", work => readings = command.MeasureAsync(work).GetAwaiter().GetResult());
        return Print(readings, asked);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _fleet.Dispose();
        _mail.Dispose();
        _database.Dispose();
    }

    private static bool Heard(string word) => word switch
    {
        "heard" => true,
        "unheard" => false,
        _ => throw new FormatException($"--accepted {word}: heard, where a journey listens to messages that were accepted, or unheard."),
    };

    private async Task<List<ScaleOutReading>> MeasureAsync(LongWork work)
    {
        await _fleet.DoAsync("migrate");
        await _fleet.DoAsync("journeys", "publish");
        await using (var crowd = new Crowd(_fleet))
        {
            // More than can be sent, so that none of them ever waits for work; starting takes about as long as warming up.
            var most = (int)(_options.Repeats * Steps.Sum(step => step.Nodes) * _options.MostPerNode * ((2 * _options.WarmUp) + _options.Length).TotalSeconds);
            var customers = await crowd.AddAsync(0, most, done => work.Tell(0.15 * done, "making customers"));
            await crowd.EnrolAsync(customers, _fleet.Now, done => work.Tell(0.15 + (0.05 * done), "enrolling"));
        }

        var readings = new List<ScaleOutReading>();
        for (var repeat = 0; repeat < _options.Repeats; repeat++)
        {
            foreach (var (nodes, _) in Steps)
            {
                work.Tell(0.2 + (0.8 * readings.Count / (_options.Repeats * Steps.Length)), $"{nodes} node(s), round {repeat + 1} of {_options.Repeats}");
                readings.Add(await ReadAsync(nodes));
            }

            await _fleet.StopAsync();
        }

        return readings;
    }

    private async Task<ScaleOutReading> ReadAsync(int nodes)
    {
        for (var node = 0; node < nodes; node++)
        {
            if (_fleet.ResidentOf(node) is null)
                _fleet.Start(node);
        }

        for (var node = 0; node < nodes; node++)
            await _fleet.ListeningAsync(node);
        await Task.Delay(_options.WarmUp);
        var (taken, busy, disk, began) = (_mail.Record.Count, ProcessorTime.Now(), new DiskUse(), TimeProvider.System.GetTimestamp());
        var slowest = double.MaxValue;
        for (var (last, at) = (taken, began); TimeProvider.System.GetElapsedTime(began) < _options.Length;)
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
            var (count, now) = (_mail.Record.Count, TimeProvider.System.GetTimestamp());
            slowest = Math.Min(slowest, (count - last) / TimeProvider.System.GetElapsedTime(at, now).TotalSeconds);
            (last, at) = (count, now);
        }

        var seconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        return new ScaleOutReading(nodes, (_mail.Record.Count - taken) / seconds, slowest, ProcessorTime.Now().BusySince(busy), disk.Read());
    }

    private static int Print(List<ScaleOutReading> readings, ScaleOutOptions options)
    {
        Console.WriteLine(
            $"{options.Connections} connections a node, the mail server takes {options.TimePerMessage.TotalMilliseconds:0} ms for each message of a connection: at most {options.MostPerNode:#,0} a second and node; "
            + (options.AcceptedIsHeard ? "a journey listens to accepted messages" : "no journey listens to accepted messages"));
        var table = new Table().AddColumns("round", "nodes", "messages a second", "slowest second", "of what connections allow", "times one node", "processors busy", "disk waits", "a request");
        var verdicts = new Verdicts();
        var rounds = readings.Chunk(Steps.Length).ToList();
        for (var round = 0; round < rounds.Count; round++)
        {
            foreach (var one in rounds[round])
            {
                table.AddRow($"{round + 1}", $"{one.Nodes}", $"{one.Rate:#,0}", $"{one.Slowest:#,0}", $"{one.Rate / (one.Nodes * options.MostPerNode):0%}", $"{one.Rate / rounds[round][0].Rate:0.00}",
                    $"{one.Busy:0%}", one.Disk.Waited is { } waited ? $"{waited:0%}" : "–", one.Disk.Request is { } request ? $"{request:0.0} ms" : "–");
            }
        }

        AnsiConsole.Write(table);
        for (var step = 1; step < Steps.Length; step++)
        {
            var times = Spread.Of([.. rounds.Select(round => round[step].Rate / round[0].Rate)]);
            verdicts.Note(times.Median >= Steps[step].Line, $"{Steps[step].Nodes} nodes: {times.Median:0.00} times one ({times.Low:0.00}–{times.High:0.00}); the line is {Steps[step].Line:0.0}");
        }

        return verdicts.ExitCode;
    }
}
