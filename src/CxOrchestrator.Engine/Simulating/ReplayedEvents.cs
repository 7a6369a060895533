using System.Globalization;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Simulating;

namespace CxOrchestrator.Engine.Simulating;

/// <summary>
/// The events of the past as those to come: each as many whole weeks later as the time is long, so that Mondays stay Mondays. What services told about
/// messages and people is left out: the simulation's own messages have had no bounces.
/// </summary>
public sealed class ReplayedEvents(ISimulatedStore store, DateTimeOffset from, DateTimeOffset to) : IEventStream
{
    private const int DaysOfWeek = 7;

    private CustomerEvent? _last;

    /// <summary>How much later each comes again.</summary>
    public TimeSpan Shift { get; } = TimeSpan.FromDays(Math.Ceiling((to - from).TotalDays / DaysOfWeek) * DaysOfWeek);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<IncomingEvent>> NextAsync(int about, CancellationToken cancellation)
    {
        while (true)
        {
            var page = await store.ToldAsync(from - Shift, to - Shift, _last, about, cancellation);
            if (page.Count == 0)
                return [];
            _last = page[^1];
            List<IncomingEvent> told = [.. page.Where(one => !EventTypes.ToldByServices.Contains(one.Type)).Select(Again)];
            if (told.Count > 0)
                return told;
        }
    }

    // Under a name of its own: the one of the past is taken.
    private IncomingEvent Again(CustomerEvent past) =>
        new(past.Source, string.Create(CultureInfo.InvariantCulture, $"again/{past.Id:N}"), past.Type, past.Subject, past.Time + Shift, past.Data)
        {
            CustomerId = past.CustomerId,
        };
}
