using CxOrchestrator.Core;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Engine.Running;

/// <summary>
/// Runs one kind of work for as long as the host runs: at once again after a batch that came forward, or after a moment where it was a small one, after a nudge,
/// else after a pause that doubles.
/// An error ends the batch, not the loop; what the batch had claimed is let go of before the next one.
/// </summary>
internal sealed class PassLoop(IPass pass, Nudges nudges, NodeHeart heart, EngineNode node, Clocks clocks, EngineOptions options, ILogger log)
{
    public async Task RunAsync(CancellationToken stop)
    {
        // Off the thread that starts the host.
        await Task.Yield();
        var pause = options.ShortestPause;
        var errors = 0;
        var forgotten = false;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (!node.Life.Holds)
                {
                    // What is claimed now might be another's in a moment.
                    await RestAsync(options.LongestPause, stop);
                    continue;
                }

                if (forgotten)
                    await heart.ForgetAsync(pass.Work, stop);
                forgotten = false;
                var forward = await pass.RunAsync(stop);
                node.Life.Did(pass.Work, forward);
                errors = 0;
                pause = forward > 0 ? options.ShortestPause : Longer(pause, options.LongestPause);
                if (forward == 0)
                    await nudges.WaitAsync(pass.Work, Pause(pause), clocks.Machine, stop);
                else if (forward < pass.Full / 2)
                    await RestAsync(options.Gather, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                errors++;
                forgotten = true;
                log.LogError(error, "{Work}: a batch failed ({Errors} in a row); its work comes again.", pass.Work, errors);
                pause = Longer(pause, options.LongestErrorPause);
                await RestAsync(pause, stop);
            }
        }
    }

    // Quartz nudges these; the pause is for the case that a nudge is lost.
    private TimeSpan Pause(TimeSpan adaptive) => pass.Work switch
    {
        Work.Recovery => options.SweepEvery * 2,
        Work.Polling or Work.CrmSync or Work.TicketSync => options.PollEvery * 2,
        Work.Campaigns => options.ScheduleRefresh,
        // Customers' time that runs fast would leave days between two looks.
        Work.Moments when ReferenceEquals(clocks.Customer, clocks.Machine) => options.MomentEvery * 2,
        Work.Segments => options.SweepEvery,
        Work.Retention => options.RetentionLook,
        _ => adaptive,
    };

    private async Task RestAsync(TimeSpan pause, CancellationToken stop)
    {
        try
        {
            await Task.Delay(pause, clocks.Machine, stop);
        }
        catch (OperationCanceledException)
        {
            // Stopping: the loop sees it.
        }
    }

    private static TimeSpan Longer(TimeSpan pause, TimeSpan longest) => pause * 2 < longest ? pause * 2 : longest;
}
