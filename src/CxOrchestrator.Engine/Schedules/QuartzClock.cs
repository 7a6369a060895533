using CxOrchestrator.Core;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Engine.Running;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;

namespace CxOrchestrator.Engine.Schedules;

/// <summary>
/// Quartz, on both clocks: journeys' schedules fire in customers' time (which may run fast), sweeps and polling in machine time. Triggers are kept in memory:
/// what was run is known from the store, so that a restart loses no run.
/// </summary>
internal sealed class QuartzClock(
    IPublishedContent content, Nudges nudges, Clocks clocks, EngineOptions options, ILogger<QuartzClock> log) : BackgroundService
{
    private const string Group = "journeys";

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var customers = Factory("cxo-customers-time", clocks.Customer);
        await using var machine = Factory("cxo-machine-time", clocks.Machine);
        var campaigns = await StartAsync(customers, stoppingToken);
        var sweeps = await StartAsync(machine, stoppingToken);
        await EveryAsync(sweeps, Work.Recovery, options.SweepEvery, stoppingToken);
        await EveryAsync(sweeps, Work.Polling, options.PollEvery, stoppingToken);
        await EveryAsync(sweeps, Work.CrmSync, options.PollEvery, stoppingToken);
        await EveryAsync(sweeps, Work.TicketSync, options.PollEvery, stoppingToken);
        IReadOnlyDictionary<string, Journey>? scheduled = null;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                scheduled = await RefreshAsync(campaigns, scheduled, stoppingToken);
                await Task.Delay(options.ScheduleRefresh, clocks.Machine, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; so do the schedulers, below.
        }

        await campaigns.Shutdown(waitForJobsToComplete: true, CancellationToken.None);
        await sweeps.Shutdown(waitForJobsToComplete: true, CancellationToken.None);
    }

    private static StandaloneSchedulerFactory Factory(string name, TimeProvider clock) => QuartzSchedulerBuilder
        .Create(quartz => quartz
            .ConfigureScheduler(scheduler => scheduler.InstanceName = name)
            .UseTimeProvider(clock)
            .UseDefaultThreadPool(1)
            .UseInMemoryStore())
        .Build();

    private async Task<IScheduler> StartAsync(StandaloneSchedulerFactory factory, CancellationToken cancellation)
    {
        var scheduler = await factory.GetScheduler(cancellation);
        scheduler.Context[NudgeJob.NudgesKey] = nudges;
        await scheduler.Start(cancellation);
        return scheduler;
    }

    private async Task<IReadOnlyDictionary<string, Journey>?> RefreshAsync(
        IScheduler scheduler, IReadOnlyDictionary<string, Journey>? scheduled, CancellationToken cancellation)
    {
        try
        {
            await content.RefreshAsync(cancellation);
            var journeys = content.Journeys;
            if (ReferenceEquals(journeys, scheduled))
                return scheduled;
            await scheduler.DeleteJobs(GroupMatcher<JobKey>.GroupEquals(Group), cancellation);
            foreach (var journey in journeys.Values)
            {
                if (journey.Trigger is ScheduleTrigger trigger)
                    await ScheduleAsync(scheduler, journey.Key, trigger, cancellation);
            }

            // A schedule that is new is seen for the first time, and one whose run was missed is made up for.
            nudges.Nudge(Work.Campaigns);
            return journeys;
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested)
        {
            log.LogError(error, "Schedules could not be renewed; those that run go on, and it is tried again.");
            return scheduled;
        }
    }

    private async Task ScheduleAsync(IScheduler scheduler, string journey, ScheduleTrigger schedule, CancellationToken cancellation)
    {
        var trigger = TriggerBuilder.Create(clocks.Customer)
            .WithIdentity(journey, Group)
            .WithSchedule(CronScheduleBuilder.Create(new CronExpression(schedule.Cron, Zones.Find(schedule.TimeZone).Zone))
                .WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed))
            .Build();
        await scheduler.ScheduleJob(Job(journey, Group, Work.Campaigns), trigger, cancellationToken: cancellation);
    }

    private async Task EveryAsync(IScheduler scheduler, Work work, TimeSpan interval, CancellationToken cancellation)
    {
        var trigger = TriggerBuilder.Create(clocks.Machine)
            .WithIdentity(work.ToString())
            .StartAt(clocks.MachineNow + interval)
            .WithSchedule(SimpleScheduleBuilder.Create().WithInterval(interval).RepeatForever())
            .Build();
        await scheduler.ScheduleJob(Job(work.ToString(), "sweeps", work), trigger, cancellationToken: cancellation);
    }

    private static IJobDetail Job(string name, string group, Work work) =>
        JobBuilder.Create<NudgeJob>().WithIdentity(name, group).UsingJobData(NudgeJob.WorkKey, (object)work).Build();
}
