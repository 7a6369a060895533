using CxOrchestrator.Plugins.CrmDataverse.Tables;
using CxOrchestrator.Plugins.CrmDataverse.Wire;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.CrmDataverse.Incidents;

/// <summary>Finds who is to have a case: a team by its name, else a user by e-mail address or full name.</summary>
internal sealed class Owners(DataverseWire wire)
{
    /// <summary>How a lookup names them; null where nobody, or more than one, has this name: then the case stays with the application user.</summary>
    public async Task<string?> FindAsync(string name, CancellationToken cancellation)
    {
        if (name.Length == 0)
            return null;
        var literal = ODataText.Literal(name);
        return await OneAsync("teams", "teamid", $"name%20eq%20{literal}", cancellation)
            ?? await OneAsync(
                "systemusers", "systemuserid", $"isdisabled%20eq%20false%20and%20(internalemailaddress%20eq%20{literal}%20or%20fullname%20eq%20{literal})", cancellation);
    }

    private async Task<string?> OneAsync(string set, string key, string filter, CancellationToken cancellation)
    {
        var reply = await wire.ReadAsync(ServiceRequest.Get($"{set}?$select={key}&$filter={filter}&$top=2"), cancellation);
        var found = reply.Json().GetProperty("value").EnumerateArray().Select(row => Values.IdOf(row, key)).ToList();
        return found is [{ } only] ? $"/{set}({only:D})" : null;
    }
}
