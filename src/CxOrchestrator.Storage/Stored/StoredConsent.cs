using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;

namespace CxOrchestrator.Storage;

/// <summary>Consent as both stores read it.</summary>
internal static class StoredConsent
{
    public static ConsentRecord Read(IStoredRow row) => new(
        row.Guid(0), (Channel)row.Int(1), (Purpose)row.Int(2), (ConsentState)row.Int(4), row.Text(5), row.Text(6), row.Time(3));
}
