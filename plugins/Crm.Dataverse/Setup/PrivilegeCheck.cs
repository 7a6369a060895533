using CxOrchestrator.Plugins.CrmDataverse.Identity;
using CxOrchestrator.Plugins.CrmDataverse.Tables;
using CxOrchestrator.Plugins.CrmDataverse.Wire;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.CrmDataverse.Setup;

/// <summary>Compares the privileges of the application user with those that the connection needs.</summary>
internal sealed class PrivilegeCheck(DataverseWire wire, OwnUser self, SetupPlan plan)
{
    /// <summary>An item for each privilege.</summary>
    public async Task<IReadOnlyList<SetupItem>> InspectAsync(CancellationToken cancellation)
    {
        var user = await self.IdAsync(cancellation);
        var held = await wire.ReadAsync(ServiceRequest.Get($"systemusers({user:D})/Microsoft.Dynamics.CRM.RetrieveUserPrivileges()"), cancellation);
        // The answer names privileges by id, and only newer organisations by name too.
        var depths = held.Json().GetProperty("RolePrivileges").EnumerateArray()
            .GroupBy(one => Values.IdOf(one, "PrivilegeId") ?? Guid.Empty)
            .ToDictionary(group => group.Key, group => group.Any(one => Values.TextOf(one, "Depth") is "Global" or "3"));
        var filter = string.Join("%20or%20", plan.Privileges.Select(one => $"name%20eq%20'{one.Name}'"));
        var known = (await wire.ReadAsync(ServiceRequest.Get($"privileges?$select=privilegeid,name&$filter={filter}"), cancellation))
            .Json().GetProperty("value").EnumerateArray()
            .GroupBy(row => Values.TextOf(row, "name") ?? "", StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => Values.IdOf(group.First(), "privilegeid") ?? Guid.Empty, StringComparer.OrdinalIgnoreCase);
        return [.. plan.Privileges.Select(one => Item(one.Name, one.Everywhere, known, depths))];
    }

    private static SetupItem Item(string name, bool everywhere, Dictionary<string, Guid> known, Dictionary<Guid, bool> depths)
    {
        var title = $"Privilege {name}{(everywhere ? " for the whole organisation" : "")}";
        var optional = name.Contains("Incident", StringComparison.Ordinal) || name.Contains("Note", StringComparison.Ordinal);
        if (!known.TryGetValue(name, out var id))
            return new SetupItem($"privilege:{name}", title, SetupState.Unclear, "The organisation knows no privilege of this name.", Optional: true);
        if (depths.TryGetValue(id, out var global) && (global || !everywhere))
            return new SetupItem($"privilege:{name}", title, SetupState.Present);
        return new SetupItem(
            $"privilege:{name}", title, SetupState.Missing, $"Give it to a security role of the application user{(everywhere ? ", at the level Organization" : "")}.",
            Optional: optional);
    }
}
