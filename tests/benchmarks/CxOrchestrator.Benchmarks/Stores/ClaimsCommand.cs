using System.Diagnostics;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Storage;
using CxOrchestrator.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CxOrchestrator.Benchmarks.Stores;

/// <summary>What it costs to claim due work in batches and to end it, on PostgreSQL, beside more and more rows that are not due.</summary>
internal static class ClaimsCommand
{
    private const int Batch = 500;
    private const int Due = 40_000;
    private const int Workers = 2;

    private static readonly CancellationToken Go = CancellationToken.None;
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public static int Run(Options options)
    {
        var rows = options.Whole("--rows", 1_000_000);
        options.RefuseOthers();
        foreach (var others in new[] { rows / 10, rows })
            MeasureAsync(others).GetAwaiter().GetResult();
        return 0;
    }

    private static async Task MeasureAsync(long others)
    {
        var connection = PostgresServer.Running.NewDatabase();
        await using var services = new ServiceCollection().AddPostgresStorage(connection).BuildServiceProvider();
        await services.GetRequiredService<ISchema>().MigrateAsync(Go);
        await FillAsync(connection, others);
        await AddDueAsync(services.GetRequiredService<IWork>());
        await DoAsync(connection, "analyze");
        var (walk, walkClaims) = await AllAsync((node, claims) => WalkAsync(services, node, claims));
        var (send, sendClaims) = await AllAsync((node, claims) => SendAsync(services, node, claims));
        Console.WriteLine(
            $"beside {others:N0} rows: enrolments taken and moved {Due / walk:N0}/s (claim of {Batch}: {walkClaims:0.0} ms in the middle), "
            + $"ledger rows claimed, handed over and ended {Due / send:N0}/s (claim {sendClaims:0.0} ms)");
    }

    // Rows that have ended: three of four; the others wait for later.
    private static Task FillAsync(string connection, long rows) => DoAsync(connection, $$"""
        insert into enrolments (id, customer_id, journey, version, entry_key, state, step_id, entered, due_at, context, started_at, reason, revision)
        select gen_random_uuid(), gen_random_uuid(), 'j', 1, n::text, case when n % 4 = 0 then 0 else 1 end, 's', true,
          case when n % 4 = 0 then timestamptz '2030-01-01' end, '{"event":{},"visits":{},"deliveries":{} }', now(), '', 1 from generate_series(1, {{rows}}) n;
        insert into deliveries (id, customer_id, enrolment_id, step_id, occurrence, journey, message, purpose, touchpoint, via, state, due_at, attempts, reason,
          planned_at, changed_at)
        select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 's', 1, 'j', 'm', 0, '', '0', case when n % 4 = 0 then 0 else 3 end,
          case when n % 4 = 0 then timestamptz '2030-01-01' end, 1, '', now(), now() from generate_series(1, {{rows}}) n;
        """);

    private static async Task AddDueAsync(IWork work)
    {
        foreach (var some in Enumerable.Range(0, Due).Chunk(5_000))
        {
            var enrolments = some.Select(number => new Enrolment
            {
                Id = Ids.New(Noon), CustomerId = Ids.New(Noon), Journey = "j", Version = 1, EntryKey = $"due-{number}", StepId = "s", DueAt = Noon,
                Context = new EnrolmentContext(), StartedAt = Noon,
            }).ToList();
            await work.CommitAsync(
                new Effects { Enrolments = [.. enrolments.Select(one => new Enrol(one, null))], Deliveries = [.. enrolments.Select(DeliveryOf)] }, Go);
        }
    }

    private static Delivery DeliveryOf(Enrolment one) => new()
    {
        Id = Ids.New(Noon), CustomerId = one.CustomerId, EnrolmentId = one.Id, StepId = "s", Occurrence = 1, Journey = "j", Message = "m",
        Purpose = Purpose.Service, Via = [Channel.Email], PlannedAt = Noon, ChangedAt = Noon, DueAt = Noon,
    };

    private static async Task<int> WalkAsync(IServiceProvider services, string node, List<double> claims)
    {
        var began = Stopwatch.GetTimestamp();
        var report = await services.GetRequiredService<IWork>().WalkDueAsync(
            new WalkClaim(By(node), Noon, [Lane.Service, Lane.Personal, Lane.Bulk], Batch),
            claimed =>
            {
                claims.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                return Task.FromResult(new Effects { Moves = [.. claimed.Select(one => one with { State = EnrolmentState.Completed, DueAt = null, EndedAt = Noon })] });
            },
            Go);
        return report.Taken;
    }

    private static async Task<int> SendAsync(IServiceProvider services, string node, List<double> claims)
    {
        var ledger = services.GetRequiredService<ILedger>();
        var lease = By(node);
        var began = Stopwatch.GetTimestamp();
        var claimed = await ledger.ClaimDueAsync(lease, Noon, Batch, Go);
        claims.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        await ledger.HandOverAsync(lease, [.. claimed.Select(one => new HandOver(one.Id, Channel.Email, "mail"))], Noon, Go);
        await ledger.CompleteAsync(
            lease, [.. claimed.Select(one => new DeliveryOutcome { Id = one.Id, State = DeliveryState.Accepted, Reason = "accepted", At = Noon })], Go);
        return claimed.Count;
    }

    private static Lease By(string node) => new(node, Noon, Noon.AddMinutes(5));

    // Seconds until nothing is due any more, and the middle of what a claim took.
    private static async Task<(double Seconds, double Claim)> AllAsync(Func<string, List<double>, Task<int>> batch)
    {
        var began = Stopwatch.GetTimestamp();
        var claims = await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(async () =>
        {
            var own = new List<double>();
            while (await batch($"node-{worker}", own) > 0)
            {
            }

            return own;
        })));
        var all = claims.SelectMany(own => own).Order().ToList();
        return (Stopwatch.GetElapsedTime(began).TotalSeconds, all[all.Count / 2]);
    }

    private static async Task DoAsync(string connection, string sql)
    {
        await using var source = NpgsqlDataSource.Create($"{connection};Pooling=false;Command Timeout=0");
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
