using CxOrchestrator.Core;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Core.Nodes;
using CxOrchestrator.Engine.Running;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;

namespace CxOrchestrator.Engine.Schedules;

/// <summary>
/// Quartz, on both clocks: journeys' schedules fire in customers' time (which may run fast), sweeps and polling in machine time. Where nodes share a database their
/// triggers stand in it and each fires on one node; else, and for customers' time that runs at a pace of its own, they are kept in memory. What was run is known from
/// the store either way, so that a restart loses no run.
/// </summary>
internal sealed class QuartzClock(
    IPublishedContent content, Nudges nudges, Clocks clocks, EngineOptions options, EngineNode node, ILogger<QuartzClock> log, ISharedSchedules? shared = null)
    : BackgroundService
{
    private const string Group = "journeys";

    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (customers, campaigns) = await StartAsync("cxo-customers-time", clocks.Customer, stoppingToken);
        await using var first = customers;
        var (machine, sweeps) = await StartAsync("cxo-machine-time", clocks.Machine, stoppingToken);
        await using var second = machine;
        IReadOnlyDictionary<string, Journey>? scheduled = null;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                scheduled = await RefreshAsync(campaigns, sweeps, scheduled, stoppingToken);
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

    private StandaloneSchedulerFactory Factory(string name, TimeProvider clock) => shared is not null && ReferenceEquals(clock, clocks.Machine)
        ? SchedulerKinds.Shared(name, clock, shared, node, options.NodeLease)
        : SchedulerKinds.InMemory(name, clock);

    // A database that is just being started again ends no node.
    private async Task<(StandaloneSchedulerFactory Factory, IScheduler Scheduler)> StartAsync(string name, TimeProvider clock, CancellationToken cancellation)
    {
        while (true)
        {
            var factory = Factory(name, clock);
            try
            {
                var scheduler = await factory.GetScheduler(cancellation);
                scheduler.Context[NudgeJob.NudgesKey] = nudges;
                await scheduler.Start(cancellation);
                return (factory, scheduler);
            }
            catch (Exception error) when (!cancellation.IsCancellationRequested)
            {
                log.LogWarning(error, "Schedules ({Name}) could not be started; it is tried again.", name);
            }

            await factory.DisposeAsync();
            await Task.Delay(AfterFault, clocks.Machine, cancellation);
        }
    }

    private async Task<IReadOnlyDictionary<string, Journey>?> RefreshAsync(
        IScheduler scheduler, IScheduler sweeps, IReadOnlyDictionary<string, Journey>? scheduled, CancellationToken cancellation)
    {
        try
        {
            await EveryAsync(sweeps, Work.Recovery, options.SweepEvery, cancellation);
            await EveryAsync(sweeps, Work.Polling, options.PollEvery, cancellation);
            await EveryAsync(sweeps, Work.CrmSync, options.PollEvery, cancellation);
            await EveryAsync(sweeps, Work.Moments, options.MomentEvery, cancellation);
            await EveryAsync(sweeps, Work.Segments, options.SegmentEvery, cancellation);
            await EveryAsync(sweeps, Work.TicketSync, options.PollEvery, cancellation);
            await content.RefreshAsync(cancellation);
            var journeys = content.Journeys;
            if (ReferenceEquals(journeys, scheduled))
                return scheduled;
            var schedules = journeys.Values.Where(journey => journey.Trigger is ScheduleTrigger).ToDictionary(journey => journey.Key, journey => (ScheduleTrigger)journey.Trigger);
            var standing = await scheduler.GetJobKeys(GroupMatcher<JobKey>.GroupEquals(Group), cancellation);
            foreach (var gone in standing.Where(job => !schedules.ContainsKey(job.Name)))
                await scheduler.DeleteJob(gone, cancellation);
            foreach (var (journey, schedule) in schedules)
                await ScheduleAsync(scheduler, journey, schedule, cancellation);

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
        var zone = Zones.Find(schedule.TimeZone).Zone;
        // Another node may have put it there; one that stands as it should goes on as it is.
        if (await scheduler.GetTrigger(new TriggerKey(journey, Group), cancellation) is ICronTrigger same && same.CronExpressionString == schedule.Cron && same.TimeZone.Id == zone.Id)
            return;
        var trigger = TriggerBuilder.Create(clocks.Customer)
            .WithIdentity(journey, Group)
            .WithSchedule(CronScheduleBuilder.Create(new CronExpression(schedule.Cron, zone))
                .WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed))
            .Build();
        await scheduler.ScheduleJob(Job(journey, Group, Work.Campaigns), [trigger], ScheduleJobOptions.Replacing, cancellation);
    }

    private async Task EveryAsync(IScheduler scheduler, Work work, TimeSpan interval, CancellationToken cancellation)
    {
        // Another node may have put it there: a node that starts doesn't put off what is about to fire.
        if (await scheduler.GetTrigger(new TriggerKey(work.ToString()), cancellation) is ISimpleTrigger same && same.RepeatInterval == interval)
            return;
        var trigger = TriggerBuilder.Create(clocks.Machine)
            .WithIdentity(work.ToString())
            .StartAt(clocks.MachineNow + interval)
            // Those that were missed are not made up for: one look finds all.
            .WithSchedule(SimpleScheduleBuilder.Create().WithInterval(interval).RepeatForever().WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithRemainingCount))
            .Build();
        await scheduler.ScheduleJob(Job(work.ToString(), "sweeps", work), [trigger], ScheduleJobOptions.Replacing, cancellation);
    }

    private static IJobDetail Job(string name, string group, Work work) =>
        JobBuilder.Create<NudgeJob>().WithIdentity(name, group).UsingJobData(NudgeJob.WorkKey, work.ToString()).Build();
}
