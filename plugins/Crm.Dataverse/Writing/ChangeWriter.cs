using CxOrchestrator.Plugins.CrmDataverse.Incidents;
using CxOrchestrator.Plugins.CrmDataverse.People;
using CxOrchestrator.Plugins.CrmDataverse.Timeline;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.CrmDataverse.Writing;

/// <summary>Writes a batch of changes: each to where it belongs, with one result in each one's place.</summary>
internal sealed class ChangeWriter(TimelineWriter timeline, PersonWriter people, CaseWriter cases)
{
    /// <summary>Writes the batch.</summary>
    public async Task<IReadOnlyList<WriteResult>> UpsertAsync(IReadOnlyList<CrmChange> changes, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var results = new WriteResult?[changes.Count];
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        List<PlacedChange> onTimeline = [], ofPerson = [], ofCase = [];
        for (var place = 0; place < changes.Count; place++)
        {
            var change = changes[place];
            if (!first.TryAdd(change.Key, place))
                continue;
            if (PersonRef.Read(change.PersonId) is not { } person)
                results[place] = WriteResult.Refused("unknown-person", "the person has no id in this organisation: read them from it, or import their ids");
            else if (change.Kind is CrmChangeKind.Score or CrmChangeKind.Fields or CrmChangeKind.Consent)
                ofPerson.Add(new PlacedChange(place, change, person));
            else
                (cases.IsOurs(change) ? ofCase : onTimeline).Add(new PlacedChange(place, change, person));
        }

        await Task.WhenAll(
            GuardAsync(onTimeline, results, timeline.WriteAsync, cancellation),
            GuardAsync(ofPerson, results, people.WriteAsync, cancellation),
            GuardAsync(ofCase, results, cases.WriteAsync, cancellation));
        // The same key again is the same change.
        return [.. changes.Select((change, place) => results[place] ?? results[first[change.Key]] ?? WriteResult.Retry("nothing was said about it"))];
    }

    private static async Task GuardAsync(
        List<PlacedChange> changes, WriteResult?[] results,
        Func<IReadOnlyList<PlacedChange>, WriteResult?[], CancellationToken, Task> write, CancellationToken cancellation)
    {
        if (changes.Count == 0)
            return;
        try
        {
            await write(changes, results, cancellation);
        }
        catch (ServiceException failure)
        {
            foreach (var change in changes)
                results[change.Place] ??= Outcome.Later(failure);
        }
    }
}
