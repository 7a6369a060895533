using System.Text.Json;
using CxOrchestrator.Connectors.Tests.Crm.Dataverse.Organisation;
using CxOrchestrator.TestKit;
using CxOrchestrator.VendorChecks;

namespace CxOrchestrator.Connectors.Tests.Crm.Dataverse;

/// <summary>The stand-in is one that a client of others, made for the real service, works with: it does not mirror our own client's mistakes.</summary>
public sealed class ForeignClientTests
{
    private const string Script = """
        const { DynamicsWebApi } = require('dynamics-web-api');
        const { url, token } = JSON.parse(require('fs').readFileSync(0, 'utf8'));
        const api = new DynamicsWebApi({ serverUrl: url, dataApi: { version: '9.2' }, onTokenRefresh: async () => token });
        const said = {};
        const status = async call => { try { await call(); return 0; } catch (failure) { return failure.status; } };
        (async () => {
          const id = said.id = await api.create({ collection: 'contacts', data: { firstname: 'Ada', lastname: "O'Brien" } });
          said.name = (await api.retrieve({ collection: 'contacts', key: id, select: ['fullname'] })).fullname;
          await api.update({ collection: 'contacts', key: id, data: { jobtitle: 'Chef', emailaddress1: "o'b+1@example.com" } });
          said.gone = await status(() => api.update({ collection: 'contacts', key: '99999999-0000-4000-8000-000000000000', data: { jobtitle: 'x' } }));
          said.twice = await status(() => api.create({ collection: 'contacts', data: { contactid: id, firstname: 'Ada' } }));
          // To this client, 412 to a tag is no failure, but "not done".
          said.stale = await api.update({ collection: 'contacts', key: id, ifmatch: 'W/"1"', data: { jobtitle: 'x' } }) === false ? 412 : 0;
          said.unknown = await status(() => api.retrieveMultiple({ collection: 'contacts', select: ['shoesize'] }));
          api.startBatch();
          api.create({ collection: 'contacts', data: { firstname: 'Ben' } });
          api.update({ collection: 'contacts', key: id, data: { jobtitle: 'Boss' } });
          api.retrieveMultiple({ collection: 'contacts', select: ['jobtitle'], filter: "emailaddress1 eq 'o''b+1@example.com'" });
          const batch = await api.executeBatch();
          said.batch = [typeof batch[0], batch[1], batch[2].value.map(row => row.jobtitle)];
          const first = await api.retrieveMultiple({ collection: 'contacts', select: ['fullname'], trackChanges: true });
          await api.deleteRecord({ collection: 'contacts', key: id });
          const next = await fetch(first['@odata.deltaLink'], { headers: { Authorization: 'Bearer ' + token, Accept: 'application/json' } });
          said.changes = [first.value.length, (await next.json()).value.map(row => row.reason)];
          const found = await api.fetch({ collection: 'contacts', fetchXml: '<fetch count="1"><entity name="contact"><attribute name="fullname"/></entity></fetch>' });
          said.fetched = found.value.length;
          console.log(JSON.stringify(said));
        })().catch(failure => { console.error(failure); process.exit(1); });
        """;

    [SkippableFact]
    public async Task A_client_made_for_the_real_service_works_with_the_stand_in()
    {
        Needs.NodePackage("dynamics-web-api");
        await using var organisation = await DataverseOrganisation.StartAsync(foreign: true);
        // One of its requests is wrong on purpose.
        organisation.Refereed = false;

        var said = JsonElement.Parse(await NodeScript.RunAsync(
            Script, JsonSerializer.Serialize(new { url = organisation.Server.Url.AbsoluteUri.TrimEnd('/'), token = DataverseOrganisation.Token })));

        Assert.True(Guid.TryParse(said.GetProperty("id").GetString(), out _));
        Assert.Equal(
            ("Ada O'Brien", 404, 412, 412, 400),
            (said.GetProperty("name").GetString(), Number(said, "gone"), Number(said, "twice"), Number(said, "stale"), Number(said, "unknown")));
        Assert.Equal("""["string",true,["Boss"]]""", said.GetProperty("batch").GetRawText());
        Assert.Equal("""[2,["deleted"]]""", said.GetProperty("changes").GetRawText());
        Assert.Equal(1, Number(said, "fetched"));
    }

    private static int Number(JsonElement said, string name) => said.GetProperty(name).GetInt32();
}
