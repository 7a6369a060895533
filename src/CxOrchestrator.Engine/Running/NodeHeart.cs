using CxOrchestrator.Core;
using CxOrchestrator.Core.Nodes;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Engine.Running;

/// <summary>
/// Keeps this node among the others: registers it, tells that it lives, follows the store's clock, takes over from nodes that are gone, and hands on when it stops.
/// </summary>
public sealed class NodeHeart(
    INodeStore store, EngineNode node, Clocks clocks, EngineOptions options, Nudges nudges, NodeShare share, ILogger<NodeHeart> log, IHostApplicationLifetime? lifetime = null)
{
    private readonly ShareCount _share = new(share, clocks, options);
    private bool _registered;
    private int _failures;

    private TimeSpan Period => options.NodeLease / 5;

    /// <summary>
    /// Registers the node, if it isn't. A process that has the name and doesn't run on this machine and folder may be gone: its lease is waited for.
    /// </summary>
    /// <exception cref="InvalidOperationException">Another process with the name lives; the message says what to do.</exception>
    public async Task RegisterAsync(CancellationToken cancellation)
    {
        DateTimeOffset? patience = null;
        while (!_registered)
        {
            var askedAt = clocks.Machine.GetTimestamp();
            var answer = await store.RegisterAsync(node.Identity, options.NodeLease, cancellation);
            if (answer.HeldBy is { } holder)
            {
                patience ??= holder.LeaseUntil + Period;
                if (answer.Now > patience)
                    throw new InvalidOperationException(Taken(holder.Node));
                await Task.Delay(Period, clocks.Machine, cancellation);
                continue;
            }

            node.Life.Renewed(askedAt);
            _share.Joined(answer.Others);
            _registered = true;
            log.LogInformation("Node {Node} ({Id}) is one of {Count}.", node.Identity.Name, node.Identity.Id, answer.Others + 1);
        }
    }

    /// <summary>Tells that the node lives, again and again until the end.</summary>
    /// <param name="stopping">The node was asked to stop: it tells so at once.</param>
    /// <param name="end">It has stopped.</param>
    internal async Task RunAsync(CancellationToken stopping, CancellationToken end)
    {
        using var early = CancellationTokenSource.CreateLinkedTokenSource(stopping, end);
        while (!end.IsCancellationRequested)
        {
            await RestAsync(_failures == 0 ? Period : Period / 4, stopping.IsCancellationRequested ? end : early.Token);
            if (!end.IsCancellationRequested)
                await GuardedAsync(stopping.IsCancellationRequested, end);
        }
    }

    /// <summary>Tells that the node has stopped, which frees what it holds; where the store can't be told, its lease ends by itself.</summary>
    internal async Task StopAsync()
    {
        node.Life.End();
        using var limit = new CancellationTokenSource(options.NodeLease, clocks.Machine);
        try
        {
            if (_registered)
                await store.StopAsync(node.Name, limit.Token);
        }
        catch (Exception error)
        {
            log.LogWarning(error, "Node {Node} could not tell that it stops: others take over when its lease ends.", node.Identity.Name);
        }
    }

    /// <summary>Tells once that the node lives, and looks after those that are gone.</summary>
    internal async Task BeatAsync(bool draining, CancellationToken cancellation)
    {
        var clock = clocks.Machine as StoreClock;
        var askedAt = clocks.Machine.GetTimestamp();
        var answer = await store.BeatAsync(node.Name, new NodeBeat(draining, clock?.MachineAhead, node.Life.Done), options.NodeLease, cancellation);
        switch (answer.Standing)
        {
            case NodeStanding.Replaced:
                node.Life.End();
                log.LogCritical("Node {Node}: another process runs under this name now, so this one ends. Give each a Node:Name of its own.", node.Identity.Name);
                lifetime?.StopApplication();
                return;
            case NodeStanding.Unknown:
                _registered = false;
                node.Life.Lost();
                await RegisterAsync(cancellation);
                break;
            case NodeStanding.WasLost:
                log.LogWarning("Node {Node} was not heard of for longer than its lease of {Lease}: others have taken over what it held. It goes on.", node.Identity.Name, options.NodeLease);
                node.Life.Lost();
                _share.Joined(answer.Others);
                node.Life.Renewed(askedAt);
                break;
            default:
                _share.Heard(answer.Others);
                node.Life.Renewed(askedAt);
                break;
        }

        if (clock is not null)
            await FollowAsync(clock, store, cancellation);
        await TakeOverAsync(cancellation);
    }

    /// <summary>Lets go of what this node holds of a kind of work, after a batch that failed: else it would wait until its lease ends, for nobody.</summary>
    internal async Task ForgetAsync(Work work, CancellationToken cancellation)
    {
        if (!Enum.TryParse<HeldWork>(work.ToString(), out var kind))
            return;
        await store.ForgetAsync(node.Name, kind, cancellation);
        nudges.Nudge(work);
        if (kind is HeldWork.Deliveries or HeldWork.Texts)
            nudges.Nudge(Work.Recovery);
    }

    /// <summary>Looks at the store's clock.</summary>
    public static async Task FollowAsync(StoreClock clock, INodeStore store, CancellationToken cancellation)
    {
        var askedAt = clock.GetTimestamp();
        clock.Follow(askedAt, await store.TimeAsync(cancellation));
    }

    private async Task TakeOverAsync(CancellationToken cancellation)
    {
        var (lost, owed) = await store.TakeOverAsync(cancellation);
        foreach (var name in lost)
            log.LogWarning("Node {Lost} was not heard of for longer than its lease: {Node} takes over.", name, node.Identity.Name);
        if (owed)
            nudges.Nudge(Work.Recovery);
        if (lost.Count == 0)
            return;
        foreach (var work in Enum.GetValues<Work>())
            nudges.Nudge(work);
    }

    private async Task GuardedAsync(bool draining, CancellationToken end)
    {
        // A question that isn't answered is asked again while there is still something of the lease left.
        using var limit = new CancellationTokenSource(options.NodeLease / 2, clocks.Machine);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, end);
        try
        {
            await BeatAsync(draining, either.Token);
            if (_failures > 0)
                log.LogInformation("Node {Node} reaches the store again.", node.Identity.Name);
            _failures = 0;
        }
        catch (Exception error) when (!end.IsCancellationRequested)
        {
            if (++_failures == 1)
                log.LogWarning(error, "Node {Node} can't tell the store that it lives: it begins nothing more when its lease is nearly over.", node.Identity.Name);
        }
        catch (Exception) when (end.IsCancellationRequested)
        {
            // Stopped in the middle of a question: the stop is told next.
        }
    }

    private async Task RestAsync(TimeSpan pause, CancellationToken cancellation)
    {
        try
        {
            await Task.Delay(pause, clocks.Machine, cancellation);
        }
        catch (OperationCanceledException)
        {
            // Asked to stop, which is told at once, or at the end.
        }
    }

    private static string Taken(NodeIdentity holder) =>
        $"Node:Name {holder.Name} is taken: a process runs under it on {holder.Machine} (process {holder.Process}, {holder.Folder}). "
        + "Stop that one, or give this one a name of its own with --set Node:Name=...";
}
