using System.Collections.Concurrent;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Cases;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Surveys;
using CxOrchestrator.Core.WriteBacks;

namespace CxOrchestrator.Web.Tests.Fakes;

/// <summary>What the pages write to, in memory, with the unique keys that the real stores have.</summary>
internal sealed class InMemoryStores : ISurveyStore, ICustomerStore, IConsentStore, IWork
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, Invitation> _invitations = [];
    private readonly Dictionary<Guid, Response> _responses = [];

    /// <summary>When set, any write throws: for what must only read.</summary>
    public bool ForbidWrites { get; set; }

    /// <summary>Run before each recording of an answer: for races.</summary>
    public Func<Task> BeforeRecord { get; set; } = () => Task.CompletedTask;

    public ConcurrentDictionary<Guid, Customer> Customers { get; } = new();

    public List<CustomerEvent> Events { get; } = [];

    public List<WriteBack> WriteBacks { get; } = [];

    public List<Case> Cases { get; } = [];

    public List<ConsentRecord> Consents { get; } = [];

    public IReadOnlyCollection<Response> Responses => _responses.Values;

    public void Add(Invitation invitation) => _invitations[invitation.Id] = invitation;

    public Task<InvitationState?> FindAsync(Guid invitationId, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return Task.FromResult(_invitations.TryGetValue(invitationId, out var invitation)
                ? new InvitationState(invitation, _responses.GetValueOrDefault(invitationId))
                : null);
        }
    }

    public Task<Invitation?> FindAsync(Guid enrolmentId, string survey, CancellationToken cancellation) =>
        Task.FromResult(_invitations.Values.FirstOrDefault(invitation => invitation.EnrolmentId == enrolmentId && invitation.Survey == survey));

    public async Task<bool> RecordAsync(Response response, Effects effects, CancellationToken cancellation)
    {
        await BeforeRecord();
        lock (_gate)
        {
            if ((_responses.GetValueOrDefault(response.InvitationId)?.Revision ?? 0) != response.Revision - 1)
                return false;
            _responses[response.InvitationId] = response;
            Store(effects);
            return true;
        }
    }

    public Task<CommitReport> CommitAsync(Effects effects, CancellationToken cancellation)
    {
        lock (_gate)
            Store(effects);
        return Task.FromResult(new CommitReport(new HashSet<Guid>(), new HashSet<Guid>()));
    }

    public Task<WalkReport> WalkDueAsync(WalkClaim claim, Func<IReadOnlyList<Enrolment>, Task<Effects>> walk, CancellationToken cancellation) =>
        throw new NotSupportedException("Pages walk nobody.");

    public Task<IReadOnlyList<ScoreCount>> ScoresAsync(DateTimeOffset since, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<IReadOnlyDictionary<Guid, Customer>> GetAsync(IReadOnlyCollection<Guid> ids, CustomerParts parts, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyDictionary<Guid, Customer>>(
            ids.Where(Customers.ContainsKey).ToDictionary(id => id, id => Customers[id]));

    public Task<IReadOnlyList<Customer>> PageAsync(Guid? after, int limit, CustomerParts parts, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<Customer>>(
            [.. Customers.Values.OrderBy(customer => customer.Id).Where(customer => after is null || customer.Id.CompareTo(after.Value) > 0).Take(limit)]);

    public Task<IReadOnlyList<Customer>> SearchAsync(string text, int limit, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<Customer>>(
            [.. Customers.Values.Where(customer => customer.Name.StartsWith(text, StringComparison.OrdinalIgnoreCase)).Take(limit)]);

    public Task<long> CountAsync(CancellationToken cancellation) => Task.FromResult((long)Customers.Count);

    public Task<IReadOnlyList<CustomerUpsert>> UpsertAsync(
        IReadOnlyList<CustomerDraft> drafts, DateTimeOffset now, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<IReadOnlyDictionary<ExternalId, Guid>> FindAsync(
        IReadOnlyCollection<ExternalId> externalIds, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<IReadOnlyDictionary<ContactPoint, IReadOnlyList<Guid>>> FindByAddressAsync(
        IReadOnlyCollection<ContactPoint> points, CancellationToken cancellation) => throw new NotSupportedException();

    public Task RecordAsync(IReadOnlyList<ConsentRecord> records, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<IReadOnlyList<ConsentRecord>> InForceAsync(IReadOnlyCollection<Guid> customerIds, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<ConsentRecord>>(
                [.. Consents.Where(record => customerIds.Contains(record.CustomerId)).GroupBy(record => (record.CustomerId, record.Channel, record.Purpose)).Select(group => group.Last())]);
        }
    }

    public Task<IReadOnlySet<ContactPoint>> SuppressedAsync(IReadOnlyCollection<ContactPoint> points, CancellationToken cancellation) =>
        throw new NotSupportedException();

    private void Store(Effects effects)
    {
        if (ForbidWrites)
            throw new InvalidOperationException("A request that must only read has written.");
        Events.AddRange(effects.Events.Where(one => Events.TrueForAll(other => (other.Source, other.SourceId) != (one.Source, one.SourceId))));
        WriteBacks.AddRange(effects.WriteBacks.Where(one => WriteBacks.TrueForAll(other => other.Key != one.Key)));
        Cases.AddRange(effects.Cases.Where(one => Cases.TrueForAll(other => other.Origin != one.Origin)));
        Consents.AddRange(effects.Consents);
    }
}
