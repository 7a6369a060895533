using CxOrchestrator.Core;
using CxOrchestrator.Core.Attention;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Doctor;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.Settings;
using CxOrchestrator.Engine.Attention;

namespace CxOrchestrator.Engine.Doctor;

/// <summary>
/// Finds journeys whose messages hardly ever find room in customers' attention budget, messages that wait and can't find any before they expire, and rules about
/// the budget that decide nothing. All of it may be as it is meant to be, and is worth a look.
/// </summary>
internal sealed class AttentionExam(IAttentionStore store, IPublishedContent content, CoreSettings settings, Clocks clocks)
{
    private static readonly TimeSpan Lately = TimeSpan.FromDays(7);

    // What may wait longer is looked at as far as this.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(60);

    // Fewer say nothing about the rest.
    private const int Least = 10;
    private const int MostCustomers = 500;
    private const int Named = 3;

    private readonly AttentionBudget _budget = settings.Attention;

    /// <summary>The findings.</summary>
    public async Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellation)
    {
        if (_budget.Limits.Count == 0)
            return [];
        var now = clocks.Now;
        var bids = await store.SampleAsync(new BidSample(now - Lately - Wait(), now, _budget.Purposes), cancellation);
        var customers = bids.Where(one => one is { AwaitsRoom: true, State: DeliveryState.Planned or DeliveryState.Deferred })
            .Select(one => one.CustomerId).Distinct().Take(MostCustomers).ToList();
        var waiting = customers.Count == 0 ? [] : await store.WaitingAsync(customers, _budget, now, cancellation);
        return [.. Losers(bids, now), .. Crowded(waiting, customers.Count), .. Idle()];
    }

    // Bids whose time was up lately, sent or not: those that lost and those that won are then told apart for good.
    private IEnumerable<Finding> Losers(IReadOnlyList<SampledBid> bids, DateTimeOffset now)
    {
        var settled = bids.Where(one => one.ExpiresAt > now - Lately && one.ExpiresAt <= now && (IsLost(one) || IsSent(one))).ToLookup(one => one.Journey);
        foreach (var journey in settled.OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var (all, lost) = (journey.Count(), journey.Count(IsLost));
            if (lost < Least || lost * 2 <= all)
                continue;
            var others = bids.Where(one => one.Journey != journey.Key && IsSent(one)).CountBy(one => one.Journey).OrderByDescending(pair => pair.Value)
                .ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(Named).Select(pair => pair.Key).ToList();
            yield return new Finding(
                $"messages of {journey.Key} mostly find no room in customers' attention budget of {_budget}: {lost} of {all} that were looked at expired within 7 days"
                + (others.Count > 0 ? $"; most of what went instead is of {string.Join(", ", others)}" : ""),
                lost, null,
                $"Raise its 'priority' (it is {PriorityOf(journey.Key)}), let its messages wait longer ('expires' of the send step), or let fewer journeys compete; then cxo journeys publish. "
                + "The limits are the setting Attention:Limits. Before it happens: cxo journeys simulate FILE.",
                NeedsPerson: false);
        }
    }

    private IEnumerable<Finding> Crowded(IReadOnlyList<WaitingBid> waiting, int customers)
    {
        var lost = waiting.GroupBy(one => one.CustomerId).SelectMany(group => Backlog.Lost(_budget, group)).ToList();
        if (lost.Count < Least || lost.Count * 2 <= waiting.Count)
            yield break;
        var journeys = lost.CountBy(one => one.Bid.Journey).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Take(Named).Select(pair => $"{pair.Key} ({pair.Value})");
        yield return new Finding(
            $"customers' attention budget of {_budget} is too small for what waits: of {waiting.Count} messages to {customers} customers that were looked at, {lost.Count} "
            + $"will expire before there is room, most of them of {string.Join(", ", journeys)}",
            lost.Count, null,
            "Allow more (setting Attention:Limits), let messages wait longer ('expires' of the send step), or take a journey out of the crowd: cxo journeys drain KEY.",
            NeedsPerson: false);
    }

    private IEnumerable<Finding> Idle()
    {
        var journeys = content.Journeys.Values.OrderBy(journey => journey.Key, StringComparer.Ordinal).ToList();
        var purposes = string.Join(" and ", _budget.Purposes.Select(purpose => purpose.ToString().ToLowerInvariant()));
        if (journeys.Count > 0 && !journeys.Any(IsCovered))
        {
            yield return new Finding(
                $"the attention budget of {_budget} holds nothing back: it is about {purposes}, and no published journey sends for that", 1, null,
                "Name what it is to be about in the setting Attention:Purposes, or give the journeys the 'purpose' that their messages have and publish: cxo journeys publish.",
                NeedsPerson: false);
        }

        foreach (var journey in journeys.Where(journey => journey.Priority != Priority.Normal && journey.Steps.OfType<SendStep>().Any() && !IsCovered(journey)))
        {
            yield return new Finding(
                $"the priority {journey.Priority} of {journey.Key} decides nothing: its messages are for {journey.Purpose.ToString().ToLowerInvariant()}, and the attention budget is about {purposes}",
                1, null,
                "Take 'priority' out, or correct 'purpose' (or the setting Attention:Purposes) where they are to be within the budget; then: cxo journeys publish.",
                NeedsPerson: false);
        }
    }

    private bool IsCovered(Journey journey) => journey.Steps.OfType<SendStep>().Any(step => _budget.Covers(step.Purpose ?? journey.Purpose));

    private string PriorityOf(string journey) => content.Journeys.TryGetValue(journey, out var published) ? $"{published.Priority}" : "no longer published";

    // How long messages wait at most, in days of 24 hours; business days take a weekend more for each five.
    private TimeSpan Wait()
    {
        var waits = content.Journeys.Values.SelectMany(journey => journey.Steps.OfType<SendStep>()).Select(step => step.ExpiresAfter ?? settings.Sending.ExpiresAfter)
            .OfType<Duration>().Select(wait => TimeSpan.FromDays(wait.Days + (wait.BusinessDays * 2)) + wait.Clock).DefaultIfEmpty(TimeSpan.Zero).Max();
        return waits < LongestWait ? waits : LongestWait;
    }

    private static bool IsLost(SampledBid bid) => bid is { State: DeliveryState.Expired, AwaitsRoom: true };

    private static bool IsSent(SampledBid bid) =>
        bid.State is DeliveryState.HandedOver or DeliveryState.Accepted or DeliveryState.Rejected or DeliveryState.Unknown;
}
