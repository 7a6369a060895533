using System.Diagnostics;
using CxOrchestrator.Benchmarks.Measuring;
using CxOrchestrator.Plugins.EmailSmtp;
using CxOrchestrator.Sdk;
using Microsoft.Extensions.Logging.Abstractions;
using Spectre.Console;

namespace CxOrchestrator.Benchmarks.Sending;

/// <summary>The SMTP connector alone, beside <c>smtp-source</c> with as many connections.</summary>
internal static class TransportCommand
{
    /// <summary>Bytes of a message's text, as the issue has it.</summary>
    public const int Bytes = 5 * 1024;

    /// <summary>Measures and prints.</summary>
    public static int Run(Options options)
    {
        var messages = (int)options.Whole("--messages", 20_000);
        var repeats = (int)options.Whole("--repeats", 5);
        options.RefuseOthers();

        (int Connections, double Line)[] cases = [(8, 1.0), (1, 1.5)];
        var verdicts = new Verdicts();
        var table = new Table().AddColumns("connections", "ours a second", "8 of 10", "smtp-source", "8 of 10", "ratio", "8 of 10", "KB allocated a message");
        using var sink = SmtpSink.Start();
        foreach (var (connections, line) in cases)
        {
            var rounds = Measure(sink, connections, messages / (connections == 1 ? 2 : 1), repeats);
            var ours = Spread.Of([.. rounds.Select(round => round.Ours)]);
            var theirs = Spread.Of([.. rounds.Select(round => round.Theirs)]);
            var ratio = Spread.Of([.. rounds.Select(round => round.Ours / round.Theirs)]);
            table.AddRow($"{connections}", $"{ours.Median:#,0}", $"{ours.Low:#,0}–{ours.High:#,0}", $"{theirs.Median:#,0}", $"{theirs.Low:#,0}–{theirs.High:#,0}",
                $"{ratio.Median:0.00}", $"{ratio.Low:0.00}–{ratio.High:0.00}", $"{rounds.Average(round => round.Bytes) / 1024:0.0}");
            verdicts.Note(ratio.Median >= line, $"{connections} connection(s): {ratio.Median:0.00} of smtp-source -s {connections}; the line is {line:0.0}");
        }

        AnsiConsole.Write(table);
        return verdicts.ExitCode;
    }

    private static List<(double Ours, double Theirs, double Bytes)> Measure(SmtpSink sink, int connections, int messages, int repeats)
    {
        var rounds = new List<(double, double, double)>();
        LongWork.Do($"{connections} connection(s)", work =>
        {
            using var folder = new ScratchFolder();
            var connector = Connector(sink.Port, connections, folder.Path);
            var sender = (IEmailSender)connector;
            // Twice: the runtime compiles what is hot again.
            SendAsync(sender, connections, messages / 4).GetAwaiter().GetResult();
            SendAsync(sender, connections, messages / 4).GetAwaiter().GetResult();
            for (var repeat = 0; repeat < repeats; repeat++)
            {
                var theirs = SmtpSource.Rate(sink.Port, connections, messages, Bytes);
                work.Tell((repeat + 0.5) / repeats);
                var before = GC.GetTotalAllocatedBytes();
                var watch = Stopwatch.StartNew();
                SendAsync(sender, connections, messages).GetAwaiter().GetResult();
                var ours = messages / watch.Elapsed.TotalSeconds;
                rounds.Add((ours, theirs, (GC.GetTotalAllocatedBytes() - before) / (double)messages));
                work.Tell((repeat + 1.0) / repeats, $"{ours:#,0} a second, smtp-source {theirs:#,0}");
            }

            connector.DisposeAsync().AsTask().GetAwaiter().GetResult();
        });
        return rounds;
    }

    private static IConnector Connector(int port, int connections, string folder) => new SmtpPlugin().Connect(
        new ConnectionContext("mail", folder, TimeProvider.System, NullLogger.Instance),
        new SmtpSettings
        {
            Host = "127.0.0.1", Port = port, Security = SmtpSecurity.None, FromAddress = "hello@shop.example", HeloName = "shop.example",
            Connections = connections, MessagesPerConnection = 100_000,
        });

    // Two calls for each connection, as dispatch has them: one on its way and one that waits for its turn.
    private static async Task SendAsync(IEmailSender sender, int connections, int messages)
    {
        var next = 0;
        await Task.WhenAll(Enumerable.Range(0, connections * 2).Select(_ => Task.Run(LaneAsync)));

        async Task LaneAsync()
        {
            while (Interlocked.Increment(ref next) is var number && number <= messages)
            {
                if (await sender.SendAsync(Letters.Of(number), CancellationToken.None) is not SendAccepted)
                    throw new InvalidOperationException("smtp-sink did not accept a message.");
            }
        }
    }
}
