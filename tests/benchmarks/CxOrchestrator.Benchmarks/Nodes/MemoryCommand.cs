using System.Globalization;
using CxOrchestrator.Benchmarks.Measuring;
using CxOrchestrator.Benchmarks.Sending;
using CxOrchestrator.NodeRig.Nodes;
using CxOrchestrator.NodeRig.Work;
using CxOrchestrator.TestKit;
using Npgsql;

namespace CxOrchestrator.Benchmarks.Nodes;

/// <summary>What a node holds in memory while a million people wait in a journey and some of them are due each second: the real executable over PostgreSQL.</summary>
internal static class MemoryCommand
{
    private const long Megabyte = 1024 * 1024;
    private const double Line = 400;

    public static int Run(Options options)
    {
        var people = options.Whole("--people", 1_000_000, 1_000);
        var seconds = options.Whole("--seconds", 60, 10);
        var perSecond = options.Whole("--per-second", 100, 0);
        options.RefuseOthers();
        return RunAsync(people, seconds, perSecond).GetAwaiter().GetResult();
    }

    private static async Task<int> RunAsync(long people, long seconds, long perSecond)
    {
        using var sink = SmtpSink.Start();
        var database = PostgresServer.Running.NewDatabase();
        using var fleet = new Fleet(new FleetOptions { Nodes = 1, Database = database, MailPort = sink.Port, Speed = 1, Content = MailingContent.Files });
        await fleet.DoAsync("migrate");
        await fleet.DoAsync("journeys", "publish");
        Console.WriteLine($"enrolling {people:N0} people");
        await FillAsync(database, people, fleet.Now.AddSeconds(20), perSecond);
        fleet.Start(0);
        await fleet.ListeningAsync(0);
        var seen = new List<double>();
        LongWork.Do("running", work =>
        {
            for (var second = 0L; second < seconds; second++)
            {
                Thread.Sleep(1_000);
                seen.Add((fleet.ResidentOf(0) ?? throw new InvalidOperationException($"The node has ended:\n{fleet.Tail(0)}")) / (double)Megabyte);
                work.Tell(second / (double)seconds, $"{seen[^1]:0} MB");
            }
        });
        var (sent, waiting) = await CountAsync(database);
        await fleet.StopAsync();
        var spread = Spread.Of(seen);
        Console.WriteLine($"{waiting:N0} wait, {sent:N0} messages were accepted while it ran; resident {spread.Median:0} MB in the middle ({spread.Low:0}-{spread.High:0}), at the end {seen[^1]:0}");
        var verdicts = new Verdicts();
        verdicts.Note(seen.Max() < Line, string.Create(CultureInfo.InvariantCulture, $"at most {seen.Max():0} MB resident; the line is {Line}"));
        verdicts.Note(perSecond == 0 || sent > 0, "work flowed meanwhile");
        return verdicts.ExitCode;
    }

    // The first are due one after the other, the others in a month.
    private static Task FillAsync(string database, long people, DateTimeOffset due, long perSecond)
    {
        var first = $"timestamptz '{due:O}'";
        var key = "('018f0000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid";
        var walk = "('019f0000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid";
        var all = $"from generate_series(1, {people}) n";
        var pace = Math.Max(1, perSecond);
        const string Context = """{"event":{},"visits":{},"deliveries":{}}""";
        return DoAsync(database, $$"""
            set synchronous_commit = off;
            insert into customers (id, name, name_folded, given_name, locale, time_zone, attributes, created_at, changed_at)
            select {{key}}, 'Anna Example-' || n, 'anna example-' || n, 'Anna', 'en', 'Europe/Berlin', '{}', now(), now() {{all}};
            insert into contact_points (customer_id, channel, address) select {{key}}, 0, 'c' || n || '@customers.example' {{all}};
            insert into external_ids (connection, value, customer_id) select 'shop', 'c' || n, {{key}} {{all}};
            insert into consents_in_force (customer_id, channel, purpose, at, state, by, how) select {{key}}, 0, 2, now(), 1, 'shop', 'asked' {{all}};
            insert into enrolments (id, customer_id, journey, version, entry_key, state, step_id, entered, due_at, context, started_at, reason, revision)
            select {{walk}}, {{key}}, '{{MailingContent.Mailing}}', 1, 'once', 0, '{{MailingContent.FirstStep}}', false,
              case when n <= {{pace * 3600}} and {{perSecond}} > 0 then {{first}} + (n::float8 / {{pace}}) * interval '1 second' else {{first}} + interval '30 days' end,
              '{{Context}}', now(), 'began', 1 {{all}};
            analyze
            """);
    }

    private static async Task<(long Sent, long Waiting)> CountAsync(string database)
    {
        await using var source = NpgsqlDataSource.Create($"{database};Pooling=false");
        await using var command = source.CreateCommand("select (select count(*) from deliveries where state = 3), (select count(*) from enrolments where state = 0)");
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    private static async Task DoAsync(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create($"{database};Pooling=false;Command Timeout=0");
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
