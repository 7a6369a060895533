using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Enrolments;

namespace CxOrchestrator.Core.Publishing;

/// <summary>
/// Stores publications of journeys. A publication begins with one transaction that stores the content and lists everybody whom it concerns; from then on it
/// will be finished, whoever dies. People are decided on in pages, one transaction each.
/// </summary>
public interface IPublicationStore
{
    /// <summary>How many people under way stand on each step of each version of a journey.</summary>
    Task<IReadOnlyList<Standing>> StandingAsync(string journey, CancellationToken cancellation);

    /// <summary>
    /// Stores content and begins publications, all or none: refused where a journey's newest version is no longer the one that its publication was made for, or
    /// where an earlier publication of it isn't finished (a rollback takes that one over: whoever was not moved yet will not be). A publication that moves
    /// nobody is finished at once. People are listed as they stand at this moment: for a plan those on the steps that it names, of versions older than its
    /// own; for a rollback those whom publications of <see cref="Publication.Undoes"/> have moved or ended.
    /// </summary>
    Task<PublicationStart> BeginAsync(
        IReadOnlyList<Publication> publications, IReadOnlyList<(ContentKind Kind, string Key, string Text)> items, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Publications that are not finished, the oldest first.</summary>
    Task<IReadOnlyList<Publication>> OpenAsync(CancellationToken cancellation);

    /// <summary>All publications of a journey, the newest first.</summary>
    Task<IReadOnlyList<Publication>> OfAsync(string journey, CancellationToken cancellation);

    /// <summary>People of a publication who are not decided on, as they stand now.</summary>
    Task<IReadOnlyList<ListedPerson>> PageAsync(Guid publication, int limit, CancellationToken cancellation);

    /// <summary>
    /// Stores what becomes of a page, in one transaction. Somebody who has changed since they were read, or was decided on by another process, is left out.
    /// Gives how many were decided. A changed enrolment raises its revision by one and loses its lease, so that whoever is walking it starts anew.
    /// </summary>
    Task<int> StoreAsync(Guid publication, IReadOnlyList<PlacedPerson> page, CancellationToken cancellation);

    /// <summary>Says that everybody is decided on; false where somebody isn't.</summary>
    Task<bool> FinishAsync(Guid publication, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>What became of whom.</summary>
    Task<IReadOnlyList<OutcomeCount>> CountAsync(Guid publication, CancellationToken cancellation);
}

/// <summary>What became of the beginning of publications.</summary>
/// <param name="Versions">The version in force of each item, in their order, and whether it is new; empty where it was refused.</param>
/// <param name="Refused">Why nothing was stored, for people; null where it was.</param>
public sealed record PublicationStart(IReadOnlyList<(int Version, bool New)> Versions, string? Refused);

/// <summary>Somebody whom a publication concerns.</summary>
/// <param name="Enrolment">The enrolment as it stands now; <see cref="Enrolment.DueAt"/> also where a pause holds it.</param>
/// <param name="Version">The version that they walked when it began.</param>
/// <param name="Step">The step on which they stood when it began.</param>
/// <param name="Former">Where they stood before the move that is rolled back; null for a plan.</param>
/// <param name="MovedTo">The enrolment's revision after the move that is rolled back; null for a plan.</param>
public sealed record ListedPerson(Enrolment Enrolment, int Version, string Step, Enrolment? Former, int? MovedTo);

/// <summary>What becomes of somebody.</summary>
/// <param name="EnrolmentId">Who.</param>
/// <param name="Outcome">What.</param>
/// <param name="Moved">The enrolment as it is to stand, with the revision that was read; null where it is left alone.</param>
/// <param name="Former">The enrolment as it stood, to be put back by a rollback; null where it can't be.</param>
public sealed record PlacedPerson(Guid EnrolmentId, PersonOutcome Outcome, Enrolment? Moved, Enrolment? Former);
