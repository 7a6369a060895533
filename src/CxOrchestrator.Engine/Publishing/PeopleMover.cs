using CxOrchestrator.Core;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Core.Publishing;

namespace CxOrchestrator.Engine.Publishing;

/// <summary>
/// Decides on the people of a publication, a page in one transaction. May be run by any number of processes at once, and taken up again wherever one of them
/// died: whoever is decided on is no longer on the list.
/// </summary>
internal sealed class PeopleMover(
    IPublicationStore publications, ICustomerStore customers, IPublishedContent content, Placing placing, Clocks clocks, EngineOptions options)
{
    /// <summary>Decides on a page. Gives how many were decided; 0 where the publication is finished.</summary>
    public async Task<int> PageAsync(Publication publication, CancellationToken cancellation)
    {
        while (true)
        {
            var page = await publications.PageAsync(publication.Id, options.MoveBatch, cancellation);
            if (page.Count == 0)
            {
                if (await publications.FinishAsync(publication.Id, clocks.Now, cancellation))
                    return 0;
                continue;
            }

            var placed = publication.Kind == PublicationKind.Rollback ? PutBack(publication, page) : await MoveAsync(publication, page, cancellation);
            // Not given up half-way. Where nobody of the page was decided, all of them have changed since they were read: they are read again.
            if (await publications.StoreAsync(publication.Id, placed, CancellationToken.None) is > 0 and var decided)
                return decided;
            cancellation.ThrowIfCancellationRequested();
        }
    }

    private List<PlacedPerson> PutBack(Publication publication, IReadOnlyList<ListedPerson> page)
    {
        var now = clocks.Now;
        return [.. page.Select(person => person.Former is { } former && person.Enrolment.Revision == person.MovedTo
            ? new PlacedPerson(person.Enrolment.Id, PersonOutcome.PutBack, Placing.PutBack(person.Enrolment, former, publication.Version, now), null)
            : new PlacedPerson(person.Enrolment.Id, PersonOutcome.Acted, null, null))];
    }

    private async Task<List<PlacedPerson>> MoveAsync(Publication publication, IReadOnlyList<ListedPerson> page, CancellationToken cancellation)
    {
        await content.RefreshAsync(cancellation);
        var people = await customers.GetAsync([.. page.Select(person => person.Enrolment.CustomerId).Distinct()], cancellation);
        var fates = publication.Moves.ToDictionary(move => (move.Version, move.Step), move => move.Fate);
        var journeys = new Dictionary<int, Journey>();
        foreach (var version in page.Select(person => person.Version).Append(publication.Version).Distinct())
        {
            journeys[version] = await content.JourneyAsync(publication.Journey, version, cancellation)
                ?? throw new InvalidOperationException($"Version {version} of {publication.Journey} can't be read, so that nobody can be moved from or to it. Publish it with this version of the program.");
        }

        var names = journeys.Values.ToDictionary(journey => journey.Version, journey => NamesOf(journey, journeys[publication.Version], publication.Moves));
        var now = clocks.Now;
        return [.. page.Select(person => Move(person, publication.Version, fates[(person.Version, person.Step)]))];

        PlacedPerson Move(ListedPerson person, int version, Fate fate)
        {
            var walk = person.Enrolment;
            if (walk.State != EnrolmentState.Active)
                return new PlacedPerson(walk.Id, PersonOutcome.Ended, null, null);
            if ((walk.Version, walk.StepId) != (person.Version, person.Step))
                return new PlacedPerson(walk.Id, PersonOutcome.WentOn, null, null);
            return fate switch
            {
                Fate.Move move => new PlacedPerson(
                    walk.Id, PersonOutcome.Moved,
                    placing.Move(walk, journeys[walk.Version], journeys[version], move, names[walk.Version], people.GetValueOrDefault(walk.CustomerId), now), walk),
                Fate.Leave leave => new PlacedPerson(walk.Id, PersonOutcome.Left, Placing.Leave(walk, version, leave.Reason, now), walk),
                _ => new PlacedPerson(walk.Id, PersonOutcome.WentOn, null, null),
            };
        }
    }

    // A move from one send step to another says that the one is the other under a new name.
    private static Dictionary<string, string> NamesOf(Journey older, Journey newer, IReadOnlyList<PlannedMove> moves) => older.Steps.OfType<SendStep>().ToDictionary(
        step => step.Id,
        step => moves.FirstOrDefault(move => move.Version == older.Version && move.Step == step.Id) is { Fate: Fate.Move move }
            && newer.IndexOf(move.Step) is >= 0 and var index && newer.Steps[index] is SendStep ? move.Step : step.Id,
        StringComparer.Ordinal);
}
