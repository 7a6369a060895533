using CxOrchestrator.Engine.Running;
using Quartz;

namespace CxOrchestrator.Engine.Schedules;

/// <summary>
/// Wakes the loop whose work a schedule is about, on the node on which it fires. The loop finds in the store what there is to do, so that a nudge that is lost loses nothing.
/// </summary>
[DisallowConcurrentExecution]
internal sealed class NudgeJob : IJob
{
    public const string NudgesKey = "nudges";
    public const string WorkKey = "work";

    /// <inheritdoc/>
    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        // The name of the work is all that is stored.
        if (context.Scheduler.Context[NudgesKey] is Nudges nudges && Enum.TryParse<Work>(context.MergedJobDataMap[WorkKey] as string, out var work))
            nudges.Nudge(work);
        return ValueTask.CompletedTask;
    }
}
