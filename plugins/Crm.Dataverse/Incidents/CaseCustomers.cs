using CxOrchestrator.Plugins.CrmDataverse.People;
using CxOrchestrator.Plugins.CrmDataverse.Settings;
using CxOrchestrator.Plugins.CrmDataverse.Tables;
using CxOrchestrator.Plugins.CrmDataverse.Wire;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.CrmDataverse.Incidents;

/// <summary>Finds the customer of a case; none is ever made, so that none is made twice.</summary>
internal sealed class CaseCustomers(DataverseWire wire, DataverseSettings settings)
{
    /// <summary>By id, else by e-mail address (the oldest active contact), else whom the settings name; null where there is nobody.</summary>
    public async Task<PersonRef?> FindAsync(TicketDraft draft, CancellationToken cancellation)
    {
        if (PersonRef.Read(draft.PersonId) is { } person && await IsThereAsync(person, cancellation))
            return person;
        if (!string.IsNullOrEmpty(draft.PersonEmail))
        {
            // An address is never a key: those with + or & can't be looked up by one.
            var path = $"contacts?$select=contactid&$filter=emailaddress1%20eq%20{ODataText.Literal(draft.PersonEmail)}%20and%20statecode%20eq%200&$orderby=createdon&$top=1";
            var reply = await wire.ReadAsync(ServiceRequest.Get(path), cancellation);
            foreach (var row in reply.Json().GetProperty("value").EnumerateArray())
                return new PersonRef(PersonRef.Contact, Values.IdOf(row, "contactid")!.Value);
        }

        return PersonRef.Read(settings.CaseCustomer);
    }

    private async Task<bool> IsThereAsync(PersonRef person, CancellationToken cancellation)
    {
        var reply = await wire.ReadAsync(ServiceRequest.Get($"{person.Set}({person.Id:D})?$select={person.Table}id"), cancellation, also: 404);
        return reply.Status != 404;
    }
}
