using System.Diagnostics;
using CxOrchestrator.Benchmarks.Measuring;
using CxOrchestrator.Benchmarks.Sending;
using CxOrchestrator.Engine;
using CxOrchestrator.Engine.Running;
using CxOrchestrator.Storage;
using CxOrchestrator.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace CxOrchestrator.Benchmarks.Walking;

/// <summary>
/// A schedule enrols everybody, a page at a time, and each is walked to the first wait; meanwhile single customers order something and are sent a receipt.
/// Beside the same rows stored by PostgreSQL from a table of its own.
/// </summary>
internal static class EnrollingCommand
{
    private const double Line = 60;
    private const double ServiceLine = 2;
    private static readonly TimeSpan BetweenOrders = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>Measures and prints.</summary>
    public static int Run(Options options)
    {
        var customers = (int)options.Whole("--customers", 1_000_000);
        var sizes = new EngineOptions { WalkLoops = 2, WalkBatch = 500, CampaignPage = (int)options.Whole("--page", 2_000) };
        options.RefuseOthers();
        var code = 0;
        LongWork.Do("enrolling", work => code = MeasureAsync(work, customers, sizes).GetAwaiter().GetResult());
        return code;
    }

    private static async Task<int> MeasureAsync(LongWork work, int customers, EngineOptions sizes)
    {
        using var folder = new ScratchFolder();
        using var sink = SmtpSink.Start();
        using var count = new WalkCount();
        var clock = new SteppedClock();
        var database = PostgresServer.Running.NewDatabase();
        using var host = await CampaignService.MakeAsync(folder.Path, services => services.AddPostgresStorage(database), sink.Port, sizes, clock);
        await using var source = NpgsqlDataSource.Create($"{database};Command Timeout=0");
        var orders = new ServiceOrders(host.Services);
        await orders.StoreAsync();
        work.Tell(0.05, "making customers");
        await FillAsync(source, customers);
        await host.StartAsync();
        // The schedule is seen for the first time, and the runtime compiles the way of a receipt.
        await WhileAsync(orders, TimeSpan.FromSeconds(4));
        var all = (long)await AskAsync(source, "select count(*) from customers");

        work.Tell(0.4, "enrolling");
        clock.Advance(TimeSpan.FromDays(1));
        host.Services.GetRequiredService<Nudges>().Nudge(Work.Campaigns);
        var from = clock.GetUtcNow();
        using var end = new CancellationTokenSource();
        var told = orders.RunAsync(BetweenOrders, end.Token);
        var (own, watch) = (Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
        while (count.Scheduled < all)
        {
            if (watch.Elapsed > Longest || told.IsCompleted)
                throw new InvalidOperationException($"{count.Scheduled:#,0} of {all:#,0} were enrolled.");
            work.Tell(0.4 + (0.4 * count.Scheduled / all), $"{count.Scheduled:#,0} enrolled");
            await Task.Delay(20);
        }

        var seconds = watch.Elapsed.TotalSeconds;
        var processor = Environment.CpuUsage.TotalTime - own;
        await end.CancelAsync();
        var asked = await told;
        await SentAsync(source, from, asked);
        await host.StopAsync();
        work.Tell(0.9, "the database alone");
        return await PrintAsync(source, all, asked, seconds, processor, from);
    }

    private static async Task<int> PrintAsync(NpgsqlDataSource source, long all, int asked, double seconds, TimeSpan processor, DateTimeOffset from)
    {
        var standing = (long)await AskAsync(source, $"select count(*) from enrolments where journey = '{CampaignService.Campaign}' and state = 0 and entered");
        if (standing != all)
            throw new InvalidOperationException($"{standing:#,0} of {all:#,0} stand in their first wait.");
        var alone = await AloneAsync(source);
        var (middle, late, latest) = (await WaitedAsync(source, from, 0.5), await WaitedAsync(source, from, 0.99), await WaitedAsync(source, from, 1));
        Console.WriteLine($"{all:#,0} customers enrolled and walked to their first wait in {seconds:0.0} s: {all / seconds:#,0} a second, {processor.TotalMicroseconds / all:0} µs of our processor each");
        Console.WriteLine($"the same rows and slots stored by PostgreSQL from a table of its own: {alone:0.0} s; ours is {alone / seconds:0.00} of that rate");
        Console.WriteLine($"{asked:#,0} receipts meanwhile, from the event taken in to the mail server's yes: {middle:0} ms in the middle, {late:0} ms p99, {latest:0} ms at most");
        var verdicts = new Verdicts();
        verdicts.Note(seconds * 1_000_000 / all < Line, $"{seconds * 1_000_000 / all:0.0} s for a million; the line is {Line:0} s");
        verdicts.Note(late < ServiceLine * 1_000, $"receipts' p99 {late:0} ms; the line is {ServiceLine:0} s");
        return verdicts.ExitCode;
    }

    private static async Task WhileAsync(ServiceOrders orders, TimeSpan time)
    {
        using var end = new CancellationTokenSource(time);
        await orders.RunAsync(TimeSpan.FromMilliseconds(20), end.Token);
    }

    private static Task FillAsync(NpgsqlDataSource source, int customers) => DoAsync(source, $$"""
        create temporary table made as select gen_random_uuid() as id, n from generate_series(1, {{customers}}) n;
        insert into customers (id, name, name_folded, given_name, locale, time_zone, attributes, created_at, changed_at)
        select id, 'Anna Example-' || n, 'anna example-' || n, 'Anna', 'en', (array['Europe/Berlin', 'Europe/London', 'Asia/Bangkok'])[1 + n % 3],
          '{"tier":"gold","points":' || n || '}', now(), now() from made;
        insert into contact_points (customer_id, channel, address) select id, 0, 'c' || n || '@customers.example' from made;
        analyze;
        """);

    private static async Task SentAsync(NpgsqlDataSource source, DateTimeOffset from, int asked)
    {
        var watch = Stopwatch.StartNew();
        while ((long)await AskAsync(source, $"select count(*) from deliveries where state = 3 and planned_at >= '{from:O}'") < asked)
        {
            if (watch.Elapsed > Longest)
                throw new InvalidOperationException("Not all receipts were sent.");
            await Task.Delay(100);
        }
    }

    // Milliseconds from the event's arrival to the mail server's yes.
    private static async Task<double> WaitedAsync(NpgsqlDataSource source, DateTimeOffset from, double share) => (double)await AskAsync(source, FormattableString.Invariant($"""
        select percentile_cont({share}) within group (order by extract(epoch from d.changed_at - v.received_at)::float8 * 1000)
        from deliveries d join enrolments e on e.id = d.enrolment_id join events v on v.id = e.event_id
        where d.state = 3 and d.journey = '{CampaignService.Service}' and v.received_at >= '{from:O}'
        """));

    private static async Task<double> AloneAsync(NpgsqlDataSource source)
    {
        await DoAsync(source, "create table enrolments_alone (like enrolments including all); create table slots_alone (like entry_slots including all)");
        var watch = Stopwatch.StartNew();
        await DoAsync(source, $"""
            insert into enrolments_alone select * from enrolments where journey = '{CampaignService.Campaign}';
            insert into slots_alone select * from entry_slots where journey = '{CampaignService.Campaign}'
            """);
        return watch.Elapsed.TotalSeconds;
    }

    private static async Task<object> AskAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync() ?? throw new InvalidOperationException($"Nothing was found: {sql}");
    }

    private static async Task DoAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
