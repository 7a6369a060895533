using System.Text.RegularExpressions;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.Simulating;

namespace CxOrchestrator.Engine.Simulating;

/// <summary>Sums up what was written down in a simulation.</summary>
public static partial class SimulationFigures
{
    private const int MostReasons = 40;

    /// <summary>Messages by step, in order of journey.</summary>
    public static IReadOnlyList<MessageFigures> Messages(SimulationBook book)
    {
        var sent = book.Sends.Select(send => (Key: (send.Journey, send.StepId, send.Message), Kind: send.Channel == Channel.Email ? 0 : 1));
        var not = book.Unsent.Select(one => (Key: (one.Journey, one.StepId, one.Message), Kind: IsWaiting(one) ? 3 : 2));
        return
        [
            .. sent.Concat(not).GroupBy(one => one.Key).OrderBy(group => group.Key.Journey, StringComparer.Ordinal).ThenBy(group => group.Key.StepId, StringComparer.Ordinal)
                .Select(group => new MessageFigures(
                    group.Key.Journey, group.Key.StepId, group.Key.Message,
                    group.Count(one => one.Kind == 0), group.Count(one => one.Kind == 1), group.Count(one => one.Kind == 2), group.Count(one => one.Kind == 3))),
        ];
    }

    /// <summary>Why messages did not go; the same reason of another day is the same.</summary>
    public static IReadOnlyList<UnsentFigures> Unsent(SimulationBook book) =>
    [
        .. book.Unsent.Where(one => !IsWaiting(one)).GroupBy(one => (one.Journey, one.State, Reason: Times().Replace(one.Reason, "…")))
            .Select(group => new UnsentFigures(group.Key.Journey, group.Key.State.ToString().ToLowerInvariant(), group.Key.Reason, group.Count()))
            .OrderByDescending(figures => figures.Messages).ThenBy(figures => figures.Journey, StringComparer.Ordinal).ThenBy(figures => figures.Reason, StringComparer.Ordinal)
            .Take(MostReasons),
    ];

    /// <summary>Where people stand, in order of journey; of the steps of a version in the order of its file where the version is given.</summary>
    public static IReadOnlyList<StepFigures> Steps(SimulationBook book, Func<string, int, IReadOnlyList<string>> stepsOf)
    {
        var ends = book.Standing.ToDictionary(one => (one.Journey, one.Version, one.StepId));
        return
        [
            .. book.Most.Keys.Union(ends.Keys).Select(key => new StepFigures(
                    key.Item1, key.Item2, key.Item3, book.Most.GetValueOrDefault(key), ends.GetValueOrDefault(key)?.Active ?? 0, ends.GetValueOrDefault(key)?.Ended ?? 0))
                .Where(figures => figures.Most + figures.Standing + figures.Ended > 0)
                .OrderBy(figures => figures.Journey, StringComparer.Ordinal).ThenBy(figures => figures.Version)
                .ThenBy(figures => Place(stepsOf(figures.Journey, figures.Version), figures.Step)).ThenBy(figures => figures.Step, StringComparer.Ordinal),
        ];
    }

    /// <summary>What each connection has to carry.</summary>
    public static IReadOnlyList<ConnectionLoad> Loads(SimulationBook book, SimulationTerms terms, SimulatedConnectionSet connections)
    {
        var limits = connections.Connections.ToDictionary(one => one.Name, one => one.CallsPerSecond, StringComparer.Ordinal);
        var first = DateOnly.FromDateTime(terms.From.UtcDateTime);
        var days = DateOnly.FromDateTime(terms.To.UtcDateTime).DayNumber - first.DayNumber + 1;
        return [.. book.Sends.GroupBy(send => send.Connection, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(Load)];

        ConnectionLoad Load(IGrouping<string, SimulatedSend> sends)
        {
            var byDay = new long[days];
            var byHour = new long[24];
            var hours = new Dictionary<long, long>();
            foreach (var send in sends)
            {
                byDay[DateOnly.FromDateTime(send.At.UtcDateTime).DayNumber - first.DayNumber]++;
                byHour[send.At.UtcDateTime.Hour]++;
                var hour = send.At.UtcTicks / TimeSpan.TicksPerHour;
                hours[hour] = hours.GetValueOrDefault(hour) + 1;
            }

            var busiest = hours.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).First();
            var limit = limits.GetValueOrDefault(sends.Key) is > 0 and var perSecond ? perSecond * 3_600 : (double?)null;
            return new ConnectionLoad(sends.Key, sends.LongCount(), new DateTimeOffset(busiest.Key * TimeSpan.TicksPerHour, TimeSpan.Zero), busiest.Value, limit, byDay, byHour);
        }
    }

    private static bool IsWaiting(UnsentMessage message) =>
        message.State is DeliveryState.Planned or DeliveryState.Claimed or DeliveryState.HandedOver or DeliveryState.Deferred;

    private static int Place(IReadOnlyList<string> steps, string step)
    {
        for (var place = 0; place < steps.Count; place++)
        {
            if (steps[place] == step)
                return place;
        }

        return int.MaxValue;
    }

    [GeneratedRegex(@"\d{4}-\d\d-\d\d[ T]?[\d:.]*Z?(?: UTC)?")]
    private static partial Regex Times();
}
