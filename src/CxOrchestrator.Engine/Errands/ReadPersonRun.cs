using CxOrchestrator.Core.Connections;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Errands;
using CxOrchestrator.Core.Settings;
using CxOrchestrator.Engine.Crm;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Errands;

/// <summary>
/// Reads a person of a CRM again and takes them in as they are now; one who isn't there any more is gone. Where <c>Crm:Sync</c> is off, customers alone are
/// read: strangers come from elsewhere then.
/// </summary>
internal sealed class ReadPersonRun(ErrandCall calls, CrmPeople people, ICustomerStore customers, CoreSettings settings) : IErrandRun
{
    /// <inheritdoc/>
    public ErrandKind Kind => ErrandKind.ReadPerson;

    /// <inheritdoc/>
    public async Task<ErrandOutcome> RunAsync(Errand errand)
    {
        if (!settings.CrmSync && (await customers.FindAsync([new ExternalId(errand.Connection, errand.Subject)], CancellationToken.None)).Count == 0)
            return new ErrandOutcome.Done("no customer of ours");
        var (person, instead) = await calls.CallAsync<ICrmReader, CrmPerson?>(
            errand.Connection, Capability.CrmReader, CallKind.Read, (reader, cancellation) => reader.FindAsync(errand.Subject, cancellation));
        if (instead is not null)
            return instead;
        // The id that was asked for counts: it is the one by which the customer is known.
        var read = person is null ? new CrmPerson { Id = errand.Subject, Gone = true } : person with { Id = errand.Subject };
        var taken = await people.TakeInAsync(errand.Connection, [read], CancellationToken.None);
        return new ErrandOutcome.Done(taken.Count == 0 ? "nobody is known by it" : taken[0].Outcome.ToString());
    }
}
