using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Experiments;
using CxOrchestrator.Core.Journeys;

namespace CxOrchestrator.Engine.Experiments;

/// <summary>Finds those whom a wave of events is about and who are watched by a split: also when their walk has ended, and when they were held out.</summary>
internal sealed class SplitWatch(ISplitStore store, IEnrolmentStore enrolments, IPublishedContent content)
{
    /// <summary>Everybody watched, with what their goals are judged by.</summary>
    public async Task<SplitWatched> LoadAsync(IReadOnlyList<CustomerEvent> facts, IReadOnlyList<Enrolment> underWay, CancellationToken cancellation)
    {
        var known = facts.Where(fact => fact.CustomerId is not null).ToList();
        if (known.Count == 0)
            return SplitWatched.None;
        var people = await store.WatchedAsync([.. known.Select(fact => fact.CustomerId!.Value).Distinct()], known.Min(fact => fact.Time), cancellation);
        if (people.Count == 0)
            return SplitWatched.None;

        var journeys = new Dictionary<(string, int), Journey>();
        foreach (var (key, version) in people.Select(person => (person.Journey, person.Version)).Distinct())
        {
            if (await content.JourneyAsync(key, version, cancellation) is { } journey)
                journeys[(key, version)] = journey;
        }

        var walks = underWay.ToDictionary(walk => walk.Id);
        var types = known.ToLookup(fact => fact.CustomerId!.Value, fact => fact.Type);
        var ended = people
            .Where(person => person.GoalAt is null && !walks.ContainsKey(person.EnrolmentId)
                && journeys.GetValueOrDefault((person.Journey, person.Version))?.Goal is { } goal && types[person.CustomerId].Contains(goal.On))
            .Select(person => person.EnrolmentId).ToHashSet();
        if (ended.Count > 0)
        {
            foreach (var (id, walk) in await enrolments.GetAsync(ended, cancellation))
                walks[id] = walk;
        }

        return new SplitWatched(people, journeys, walks, key => content.Survey(key)?.Scored.Highest);
    }
}
