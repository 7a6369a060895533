using System.Text.RegularExpressions;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Connections;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Host.Demo;

/// <summary>
/// The simulated customers: they read what arrives in the sandbox's outbox, and some of them open the link and answer when it suits them, in
/// customers' time.
/// </summary>
internal sealed partial class DemoCrowd(IConnections connections, Clocks clocks, SurveyVisitor visitor)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(150);

    private readonly HashSet<string> _seen = [];
    private readonly PriorityQueue<(Uri Link, DemoAnswer Answer), DateTimeOffset> _planned = new();
    private readonly List<Task> _answering = [];
    private int _answered;

    /// <summary>How many have answered.</summary>
    public int Answered => Volatile.Read(ref _answered);

    /// <summary>The link of the last survey that arrived and that nobody will answer: for the user to try.</summary>
    public Uri? FreeLink { get; private set; }

    /// <summary>Reads and answers until told to stop.</summary>
    public async Task LiveAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                await ReadAsync(cancellation);
                while (_planned.TryPeek(out var next, out var at) && at <= clocks.Now)
                {
                    _planned.Dequeue();
                    _answering.Add(AnswerAsync(next.Link, next.Answer));
                }

                _answering.RemoveAll(task => task.IsCompletedSuccessfully);
                await Task.Delay(LookEvery, clocks.Machine, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Told to stop: those who are at the page finish.
            await Task.WhenAll(_answering);
        }
    }

    private async Task AnswerAsync(Uri link, DemoAnswer answer)
    {
        if (await visitor.AnswerAsync(link, answer, CancellationToken.None))
            Interlocked.Increment(ref _answered);
    }

    private async Task ReadAsync(CancellationToken cancellation)
    {
        foreach (var connection in connections.Connections.Where(connection => connection.Capabilities.Contains(Capability.Outbox)))
        {
            string? cursor = null;
            do
            {
                var asked = await connections.CallAsync<IOutbox, Page<OutboxItem>>(
                    connection.Name, CallKind.Read, (outbox, token) => outbox.ListAsync(cursor, token), cancellation);
                if (asked is not CallResult<Page<OutboxItem>>.Answered { Value: var page })
                    break;
                var fresh = page.Items.Where(item => _seen.Add(item.Key)).ToList();
                fresh.ForEach(Plan);
                // Newest first: a page with something that was seen before is the last one to look at.
                cursor = fresh.Count == page.Items.Count ? page.NextCursor : null;
            }
            while (cursor is not null);
        }
    }

    private void Plan(OutboxItem item)
    {
        var text = item.Email?.Text ?? item.Sms?.Text ?? "";
        if (SurveyLink().Match(text) is not { Success: true } match)
            return;
        var link = new Uri(match.Value);
        if (DemoAnswer.To(item.Key, item.Email?.Language?.Split('-')[0] ?? "en") is { } answer)
            _planned.Enqueue((link, answer), clocks.Now + answer.After);
        else
            FreeLink = link;
    }

    [GeneratedRegex(@"https?://[^\s""<>]+/s/[A-Za-z0-9_-]+")]
    private static partial Regex SurveyLink();
}
