using CxOrchestrator.Core.Nodes;
using CxOrchestrator.Engine.Running;
using Quartz;

namespace CxOrchestrator.Engine.Schedules;

/// <summary>Makes schedulers: in memory, or one that all nodes of a database share.</summary>
internal static class SchedulerKinds
{
    /// <summary>For this process alone, on any clock.</summary>
    public static StandaloneSchedulerFactory InMemory(string name, TimeProvider clock) => QuartzSchedulerBuilder
        .Create(quartz => quartz
            .ConfigureScheduler(scheduler => scheduler.InstanceName = name)
            .UseTimeProvider(clock)
            .UseDefaultThreadPool(1)
            .UseInMemoryStore())
        .Build();

    /// <summary>For all nodes together, each schedule firing on one of them. Its clock is the one that they have in common.</summary>
    public static StandaloneSchedulerFactory Shared(string name, TimeProvider clock, ISharedSchedules shared, EngineNode node, TimeSpan lease) => QuartzSchedulerBuilder
        .Create(quartz => quartz
            .ConfigureScheduler(scheduler => (scheduler.InstanceName, scheduler.InstanceId) = (name, node.Name))
            .UseTimeProvider(clock)
            .UseDefaultThreadPool(1)
            .UsePersistentStore(store =>
            {
                store.UsePostgres(source => source.DataSourceFactory = _ => shared.Source);
                store.UseSystemTextJsonSerializer();
                store.ConfigureStore(options => (options.TablePrefix, options.StoreJobDataAsStrings) = ("qrtz_", true));
                // A node that is gone is gone here when it is there.
                store.UseClustering(cluster => (cluster.CheckinInterval, cluster.CheckinMisfireThreshold) = (lease / 2, lease / 2));
            }))
        .Build();
}
