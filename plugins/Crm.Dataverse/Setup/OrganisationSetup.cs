using System.Text;
using CxOrchestrator.Plugins.CrmDataverse.Identity;
using CxOrchestrator.Plugins.CrmDataverse.Settings;
using CxOrchestrator.Plugins.CrmDataverse.Tables;
using CxOrchestrator.Plugins.CrmDataverse.Wire;
using CxOrchestrator.Plugins.CrmDataverse.Writing;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.CrmDataverse.Setup;

/// <summary>What the organisation needs: whether it is there, and made where it can be.</summary>
internal sealed class OrganisationSetup
{
    private readonly OwnUser _self;
    private readonly SetupPlan _plan;
    private readonly TableSetup _tables;
    private readonly PrivilegeCheck _privileges;
    private readonly WebhookSetup _webhook;

    /// <summary>Puts the parts together.</summary>
    public OrganisationSetup(DataverseWire wire, TableCatalogue catalogue, OwnUser self, DataverseSettings settings, Uri? webhook)
    {
        _self = self;
        _plan = new SetupPlan(settings);
        _tables = new TableSetup(wire, catalogue, _plan, settings);
        _privileges = new PrivilegeCheck(wire, self, _plan);
        _webhook = new WebhookSetup(wire, _plan, settings, webhook);
    }

    /// <summary>All items. Parts that could not be looked at are told as unclear.</summary>
    public async Task<IReadOnlyList<SetupItem>> InspectAsync(CancellationToken cancellation)
    {
        var items = new List<SetupItem>();
        items.AddRange(await LookAsync("user", "Application user", async () =>
        {
            var id = await _self.AskAsync(cancellation);
            return [new SetupItem("user", $"Application user {id:D}", SetupState.Present)];
        }));
        items.AddRange(await LookAsync("tables", "Tables and columns", () => _tables.InspectAsync(cancellation)));
        items.AddRange(await LookAsync("privileges", "Privileges", () => _privileges.InspectAsync(cancellation)));
        items.AddRange(await LookAsync("webhooks", "Webhook", () => _webhook.InspectAsync(cancellation)));
        return items;
    }

    /// <summary>Makes one item.</summary>
    public async Task<WriteResult> CreateAsync(string itemId, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            return await _tables.CreateAsync(itemId, cancellation) ?? await _webhook.CreateAsync(itemId, cancellation)
                ?? WriteResult.Refused("no-such-item", "setup can make no such item: see the list for those that it can");
        }
        catch (ServiceException failure)
        {
            return Outcome.Later(failure);
        }
    }

    /// <summary>
    /// The list as a page to follow by hand. It is no solution file: one that was never imported anywhere would be a promise that nobody has tried.
    /// </summary>
    public Task<SetupFile?> DescribeAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var text = new StringBuilder("# What CX Orchestrator needs in this Dataverse environment\n\n");
        text.Append("Make these by hand (make.powerapps.com) or let `setup` make them. All of them belong into a solution of your own.\n\n");
        text.Append("## Table\n\n`").Append(_plan.ActivityTable).Append("`: an activity table (Create new activities), owned by users, with notes.\n\n");
        text.Append("## Columns\n\n| table | logical name | type | longest | label | optional |\n|---|---|---|---|---|---|\n");
        foreach (var column in _plan.Columns.Where(column => column.IsCustom))
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture,
                $"| {column.Table} | {column.Name} | {column.Type} | {(column.Length > 0 ? column.Length : "")} | {column.Label} | {(column.Without.Length > 0 ? "yes" : "")} |\n");
        }

        text.Append("\n## Change tracking\n\nSwitch on 'Track changes' of ").AppendJoin(", ", _plan.Tracked).Append(".\n\n");
        text.Append("## Security role of the application user\n\n| privilege | level |\n|---|---|\n");
        foreach (var (name, everywhere) in _plan.Privileges)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"| {name} | {(everywhere ? "Organization" : "User or wider")} |\n");
        text.Append("\nNo alternate keys are needed: rows are made with primary keys of their own.\n");
        return Task.FromResult<SetupFile?>(new SetupFile("dataverse-setup.md", Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static async Task<IReadOnlyList<SetupItem>> LookAsync(string id, string title, Func<Task<IReadOnlyList<SetupItem>>> look)
    {
        try
        {
            return await look();
        }
        catch (ServiceException failure)
        {
            return [new SetupItem(id, title, SetupState.Unclear, $"It could not be looked at: {failure.Message}.")];
        }
    }
}
