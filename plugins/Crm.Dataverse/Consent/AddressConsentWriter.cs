using System.Globalization;
using System.Text.Json.Nodes;
using CxOrchestrator.Plugins.CrmDataverse.Settings;
using CxOrchestrator.Plugins.CrmDataverse.Tables;
using CxOrchestrator.Plugins.CrmDataverse.Wire;
using CxOrchestrator.Plugins.CrmDataverse.Wire.Batch;
using CxOrchestrator.Plugins.CrmDataverse.Writing;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.CrmDataverse.Consent;

/// <summary>
/// Writes contact point consents (Customer Insights - Journeys): a row for each address and purpose, whoever has the address. "Not Set" is never written: it
/// is neither yes nor no.
/// </summary>
internal sealed class AddressConsentWriter(DataverseWire wire, TableCatalogue catalogue, Batches batches, DataverseSettings settings)
{
    // The "4" matters: three older tables have the same display name.
    private const string Name = "msdynmkt_contactpointconsent4";
    private const int OptedIn = 534120001;
    private const int OptedOut = 534120002;
    private const int Internal = 534120000;
    private const int ListUnsubscribe = 534120007;
    private const int NoReason = 534119999;
    private const int OneClick = 534120007;
    private const int InAddress = 15;

    /// <summary>Writes them; the results of those that did not come through, by the changes' keys.</summary>
    public async Task<Dictionary<string, WriteResult>> WriteAsync(IReadOnlyList<AddressConsent> consents, CancellationToken cancellation)
    {
        var failed = new Dictionary<string, WriteResult>(StringComparer.Ordinal);
        if (settings.ContactPointConsent == WhereInstalled.Off || consents.Count == 0)
            return failed;
        var wanted = new List<(AddressConsent Consent, Guid Purpose)>();
        foreach (var consent in consents)
        {
            if (settings.ConsentPurposes?.GetValueOrDefault(consent.Purpose) is { } purpose)
                wanted.Add((consent, Guid.Parse(purpose)));
            else if (settings.ContactPointConsent == WhereInstalled.On)
                failed[consent.Key] = WriteResult.Refused("no-purpose", $"ConsentPurposes has no id for {consent.Purpose}");
        }

        if (wanted.Count == 0 || await TableAsync(cancellation) is not { } table)
            return failed;
        // The last word on an address counts.
        var last = wanted.GroupBy(one => (one.Consent.Address.ToLowerInvariant(), one.Consent.Type, one.Purpose)).Select(group => group.Last());
        foreach (var some in last.Chunk(InAddress))
            await WriteSomeAsync(table, some, failed, cancellation);
        return failed;
    }

    private async Task<Table?> TableAsync(CancellationToken cancellation) => settings.ContactPointConsent == WhereInstalled.On
        ? await catalogue.GetAsync(Name, cancellation)
        : await catalogue.FindAsync(Name, cancellation);

    private async Task WriteSomeAsync(
        Table table, (AddressConsent Consent, Guid Purpose)[] wanted, Dictionary<string, WriteResult> failed, CancellationToken cancellation)
    {
        var filter = string.Join("%20or%20", wanted.Select(one => string.Create(
            CultureInfo.InvariantCulture,
            $"(msdynmkt_contactpointvalue%20eq%20{ODataText.Literal(one.Consent.Address)}%20and%20msdynmkt_contactpointtype%20eq%20{one.Consent.Type}%20and%20_msdynmkt_purposeid_value%20eq%20{one.Purpose:D})")));
        var path = $"{table.Set}?$select={table.Key},msdynmkt_contactpointvalue,msdynmkt_contactpointtype,_msdynmkt_purposeid_value&$filter={filter}";
        var rows = (await wire.ReadAsync(ServiceRequest.Get(path), cancellation)).Json().GetProperty("value").EnumerateArray().ToList();
        var bind = await catalogue.LookupAsync(Name, "msdynmkt_purposeid", "msdynmkt_purpose", cancellation);
        var units = wanted.Select(one =>
        {
            var there = rows.FirstOrDefault(row =>
                string.Equals(Values.TextOf(row, "msdynmkt_contactpointvalue"), one.Consent.Address, StringComparison.OrdinalIgnoreCase)
                && Values.Of(row, "msdynmkt_contactpointtype") is long type && type == one.Consent.Type
                && Values.IdOf(row, "_msdynmkt_purposeid_value") == one.Purpose);
            return there.ValueKind == System.Text.Json.JsonValueKind.Object
                ? new[] { BatchOperation.Update(table.Row(Values.IdOf(there, table.Key)!.Value), Said(one.Consent)) }
                : [BatchOperation.Create(table.Set, Whole(table, one.Consent, one.Purpose, bind))];
        }).ToList();
        foreach (var (one, answer) in wanted.Zip(await batches.SendAsync(units, cancellation)))
        {
            // A key that is taken since we looked is looked for again with the next try.
            if (Outcome.Of(answer, "") is not Written and var result)
                failed[one.Consent.Key] = result;
        }
    }

    private static JsonObject Said(AddressConsent consent) => new()
    {
        ["msdynmkt_value"] = consent.Withdrawn ? OptedOut : OptedIn,
        ["msdynmkt_source"] = IsOneClick(consent) ? ListUnsubscribe : Internal,
        ["msdynmkt_logicalreason"] = consent.Withdrawn && IsOneClick(consent) ? OneClick : NoReason,
    };

    private static JsonObject Whole(Table table, AddressConsent consent, Guid purpose, string bind)
    {
        var row = Said(consent);
        row[table.Key] = RowIds.Of("consent", $"{consent.Type}/{purpose:D}/{consent.Address.ToLowerInvariant()}").ToString("D");
        row["msdynmkt_contactpointtype"] = consent.Type;
        row["msdynmkt_contactpointvalue"] = consent.Address;
        row["msdynmkt_contactpointconsenttype"] = 534120000;
        row[$"{bind}@odata.bind"] = $"/msdynmkt_purposes({purpose:D})";
        return row;
    }

    private static bool IsOneClick(AddressConsent consent) =>
        consent.How.Contains("one-click", StringComparison.OrdinalIgnoreCase) || consent.How.Contains("list-unsubscribe", StringComparison.OrdinalIgnoreCase);
}
