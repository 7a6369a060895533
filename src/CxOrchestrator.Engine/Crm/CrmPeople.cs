using CxOrchestrator.Core;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Crm;

/// <summary>
/// Takes people of a CRM in as customers, by their id there. Somebody new who has the address of exactly one customer, with no other name and with no record
/// of their own in this CRM, is that customer: a shop's customers aren't doubled when the CRM is connected. Somebody whose record is gone keeps their
/// history and is not written to any more; one who comes back is.
/// </summary>
internal sealed class CrmPeople(ICustomerStore customers, CrmDrafts drafts, WatchedFields fields, Clocks clocks)
{
    /// <summary>Takes them in; in one transaction. What became of each customer, those left out who have no id, or who are gone and were never known.</summary>
    public async Task<IReadOnlyList<CustomerUpsert>> TakeInAsync(string crm, IReadOnlyList<CrmPerson> people, CancellationToken cancellation)
    {
        var named = people.Where(person => person is { Id.Length: > 0 }).ToList();
        var known = await customers.FindAsync([.. named.Select(person => new ExternalId(crm, person.Id)).Distinct()], cancellation);
        var adopted = await AdoptedAsync(crm, [.. named.Where(person => !person.Gone && !IsKnown(person))], cancellation);
        var watched = await fields.AllAsync(cancellation);
        var told = new List<CustomerDraft>();
        foreach (var person in named)
        {
            if (!person.Gone)
                told.Add(drafts.Of(crm, person, adopted.GetValueOrDefault(person.Id)) with { Watched = watched });
            else if (IsKnown(person))
                told.Add(CrmDrafts.Gone(crm, person.Id));
        }

        return told.Count == 0 ? [] : await customers.UpsertAsync(told, clocks.Now, cancellation);

        bool IsKnown(CrmPerson person) => known.ContainsKey(new ExternalId(crm, person.Id));
    }

    // The id by which somebody new is known already, by their id in the CRM.
    private async Task<Dictionary<string, ExternalId>> AdoptedAsync(string crm, IReadOnlyList<CrmPerson> strangers, CancellationToken cancellation)
    {
        var adopted = new Dictionary<string, ExternalId>(StringComparer.Ordinal);
        if (strangers.Count == 0)
            return adopted;
        var points = await customers.FindByAddressAsync([.. strangers.Select(FirstPoint).OfType<ContactPoint>().Distinct()], cancellation);
        var owners = await customers.GetAsync([.. points.Values.SelectMany(keys => keys).Distinct()], cancellation);
        var taken = new HashSet<Guid>();
        foreach (var person in strangers)
        {
            if (FirstPoint(person) is not { } point || !points.TryGetValue(point, out var keys) || keys.Count != 1)
                continue;
            if (owners.TryGetValue(keys[0], out var owner) && owner.IdIn(crm) is null && SameName(owner, person) && owner.ExternalIds.Count > 0 && taken.Add(owner.Id))
                adopted[person.Id] = owner.ExternalIds[0];
        }

        return adopted;
    }

    private static ContactPoint? FirstPoint(CrmPerson person) => CrmDrafts.PointsOf(person) is [var first, ..] ? first : null;

    // Families share addresses.
    private static bool SameName(Customer owner, CrmPerson person) =>
        owner.Name.Length == 0 || string.IsNullOrWhiteSpace(person.Name)
        || string.Equals(owner.Name.Trim(), person.Name.Trim(), StringComparison.OrdinalIgnoreCase);
}
