using System.Diagnostics;
using Quartz;

namespace CxOrchestrator.Benchmarks.Walking;

/// <summary>
/// The peer: Quartz with its ADO job store on the same PostgreSQL, one stored trigger for each customer's step. Its job does nothing but count; the
/// steps' own work, and the storing of the next step's trigger, are left out in its favour.
/// </summary>
internal static class QuartzPeer
{
    private const int Threads = 10;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    private static int _fired;

    /// <summary>Steps fired a second.</summary>
    public static async Task<double> RateAsync(string connection, int steps)
    {
        _fired = 0;
        await using var factory = QuartzSchedulerBuilder.Create(quartz => quartz
            .ConfigureScheduler(scheduler => scheduler.InstanceName = "steps")
            .UseDefaultThreadPool(Threads)
            .UsePersistentStore(store =>
            {
                store.UsePostgres(connection);
                store.UseSystemTextJsonSerializer();
                store.ProvisionSchema();
            })).Build();
        var scheduler = await factory.GetScheduler();
        var job = JobBuilder.Create<Step>().WithIdentity("step").StoreDurably().Build();
        await scheduler.AddJob(job, new AddJobOptions { Replace = true });
        for (var step = 0; step < steps; step++)
        {
            await scheduler.ScheduleJob(TriggerBuilder.Create()
                .WithIdentity($"customer-{step}").ForJob(job).UsingJobData("customer", $"{step}").StartNow().Build());
        }

        var watch = Stopwatch.StartNew();
        await scheduler.Start();
        while (Volatile.Read(ref _fired) < steps)
        {
            if (watch.Elapsed > Longest)
                throw new InvalidOperationException($"Quartz fired {_fired} of {steps} in {Longest}.");
            await Task.Delay(10);
        }

        var rate = steps / watch.Elapsed.TotalSeconds;
        await scheduler.Shutdown(waitForJobsToComplete: true);
        return rate;
    }

    /// <summary>A customer's step that does nothing.</summary>
    internal sealed class Step : IJob
    {
        /// <inheritdoc/>
        public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _fired);
            return ValueTask.CompletedTask;
        }
    }
}
