using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace CxOrchestrator.Connectors.Tests.Crm.Dataverse.Organisation;

/// <summary>Answers queries: OData, change tracking, FetchXML.</summary>
internal sealed class OrganisationReads(DataverseOrganisation organisation)
{
    private static readonly TimeSpan TokenLife = TimeSpan.FromDays(7);

    // A link must come back to the letter.
    private readonly Dictionary<string, (long Since, long Until, DateTimeOffset Given, int Skip, bool Delta)> _links = new(StringComparer.Ordinal);

    public static OrganisationAnswer One(OrganisationTable table, Guid id, OrganisationCall call) =>
        !table.Rows.TryGetValue(id, out var row)
            ? OrganisationWrites.NotThere(table, id)
            : Unknown(table, Select(call)) ?? OrganisationAnswer.Json(Shape(table, row, Select(call), call));

    public OrganisationAnswer Many(OrganisationTable table, OrganisationCall call)
    {
        if (call.Option("fetchXml") is { } fetch)
            return Fetch(table, fetch, call);
        if (Unknown(table, Select(call)) is { } unknown)
            return unknown;
        if (call.RawQuery.Contains("$deltatoken=", StringComparison.Ordinal) || call.RawQuery.Contains("$skiptoken=", StringComparison.Ordinal)
            || (call.Header("Prefer") ?? "").Contains("odata.track-changes", StringComparison.Ordinal))
            return Track(table, call);
        IEnumerable<OrganisationRow> rows = table.Rows.Values;
        if (call.Option("$filter") is { } filter)
            rows = rows.Where(new OrganisationFilter(filter, table, organisation.Tables).Read());
        if (call.Option("$orderby") is { } order)
            rows = rows.OrderBy(row => row.Text(order), StringComparer.Ordinal);
        if (int.TryParse(call.Option("$top"), out var top))
            rows = rows.Take(top);
        return OrganisationAnswer.Json(Page(table, rows.Take(5000), call));
    }

    private OrganisationAnswer Track(OrganisationTable table, OrganisationCall call)
    {
        if (!table.Tracked)
            return OrganisationAnswer.Error(400, "0x80044353", $"Entity: {table.Name} does not have change tracking enabled");
        if (new[] { "$filter", "$orderby", "$expand", "$top" }.FirstOrDefault(option => call.Option(option) is not null) is { } forbidden)
            return OrganisationAnswer.Error(400, "", $"The \"{forbidden}\" query parameter isn't supported when Change Tracking is enabled.");
        var size = PageSize(call);
        var at = (Since: -1L, Until: organisation.Version, Given: organisation.Now, Skip: 0, Delta: false);
        var token = call.RawQuery.Split('&').FirstOrDefault(pair => pair.StartsWith("$deltatoken=", StringComparison.Ordinal) || pair.StartsWith("$skiptoken=", StringComparison.Ordinal));
        if (token is not null && !_links.TryGetValue(token, out at))
            return OrganisationAnswer.Error(400, "", "Malformed token.");
        if (organisation.Now - at.Given > TokenLife)
            return OrganisationAnswer.Error(400, organisation.EmptyCodes ? "" : "0x80044352", "Version stamp associated with the client has expired. Please perform a full sync.");
        if (token?.StartsWith("$deltatoken=", StringComparison.Ordinal) == true)
            at = at with { Until = organisation.Version, Skip = 0 };
        var changed = table.Rows.Values.Where(row => row.Version > at.Since && row.Version <= at.Until).OrderBy(row => row.Version)
            .Select(row => (JsonNode)Shape(table, row, Select(call), call))
            .Concat(at.Delta ? table.Deleted.Where(gone => gone.Version > at.Since && gone.Version <= at.Until).Select(gone => (JsonNode)new JsonObject
            {
                ["@odata.context"] = $"{organisation.Api}$metadata#{table.Set}/$deletedEntity",
                ["id"] = gone.Id.ToString("D"),
                ["reason"] = "deleted",
            }) : [])
            .ToList();
        var page = changed.Skip(at.Skip).Take(size).ToList();
        var json = new JsonObject { ["value"] = new JsonArray([.. page]) };
        var select = call.RawQuery.Split('&').FirstOrDefault(pair => pair.StartsWith("$select=", StringComparison.Ordinal));
        if (at.Skip + page.Count < changed.Count)
            json["@odata.nextLink"] = Link(table, select, "$skiptoken", at with { Skip = at.Skip + page.Count });
        else
            json["@odata.deltaLink"] = Link(table, select, "$deltatoken", (at.Until, long.MaxValue, organisation.Now, 0, true));
        return OrganisationAnswer.Json(json);
    }

    private string Link(OrganisationTable table, string? select, string kind, (long, long, DateTimeOffset, int, bool) at)
    {
        // As Dataverse writes them, with escapes that a careless client would change.
        var token = $"{kind}={_links.Count}%21{organisation.Now.Day:00}%2f{organisation.Now.Year}%2008%3a10%3a44";
        _links[token] = at;
        return $"{organisation.LinkHost}{table.Set}?{(select is null ? "" : select + "&")}{token}";
    }

    private static OrganisationAnswer Fetch(OrganisationTable table, string text, OrganisationCall call)
    {
        var fetch = XElement.Parse(text);
        var entity = fetch.Element("entity")!;
        if ((string?)entity.Attribute("name") != table.Name)
            return OrganisationAnswer.Error(400, "0x80041102", "The entity in the query is another than the set.");
        var columns = entity.Elements("attribute").Select(one => (string)one.Attribute("name")!).ToList();
        if (Unknown(table, columns) is { } unknown)
            return unknown;
        var page = int.Parse((string?)fetch.Attribute("page") ?? "1", CultureInfo.InvariantCulture);
        var size = int.Parse((string?)fetch.Attribute("count") ?? "5000", CultureInfo.InvariantCulture);
        var rows = table.Rows.Values.Where(row => entity.Descendants("condition").All(condition => Holds(row, condition))).OrderBy(row => row.Version).ToList();
        var cookie = (string?)fetch.Attribute("paging-cookie");
        if (page > 1 && cookie != Cookie(page - 1))
            return OrganisationAnswer.Error(400, "0x80041129", "Malformed XML in the Paging Cookie.");
        var json = new JsonObject
        {
            ["value"] = new JsonArray([.. rows.Skip((page - 1) * size).Take(size).Select(row =>
            {
                var shaped = Shape(table, row, columns, call);
                // Unlike OData, FetchXML leaves empty columns out.
                foreach (var empty in shaped.Where(pair => pair.Value is null).Select(pair => pair.Key).ToList())
                    shaped.Remove(empty);
                return (JsonNode)shaped;
            })]),
            ["@Microsoft.Dynamics.CRM.morerecords"] = page * size < rows.Count,
        };
        if (page * size < rows.Count)
        {
            var encoded = Uri.EscapeDataString(Uri.EscapeDataString(Cookie(page)));
            json["@Microsoft.Dynamics.CRM.fetchxmlpagingcookie"] = $"<cookie pagenumber=\"{page + 1}\" pagingcookie=\"{encoded}\" istracking=\"False\" />";
        }

        return OrganisationAnswer.Json(json);
    }

    private static string Cookie(int page) => $"<cookie page=\"{page}\"><fullname last=\"Ä &amp; 王 'x'\" first=\"%20\" /></cookie>";

    private static bool Holds(OrganisationRow row, XElement condition)
    {
        var value = row.Text((string)condition.Attribute("attribute")!);
        return (string)condition.Attribute("operator")! == "eq" ? value == (string)condition.Attribute("value")! : value is not null;
    }

    private static int PageSize(OrganisationCall call)
    {
        var wanted = (call.Header("Prefer") ?? "").Split(',').FirstOrDefault(one => one.StartsWith("odata.maxpagesize=", StringComparison.Ordinal));
        return wanted is null ? 5000 : int.Parse(wanted["odata.maxpagesize=".Length..], CultureInfo.InvariantCulture);
    }

    private static List<string>? Select(OrganisationCall call) => call.Option("$select")?.Split(',').ToList();

    private static OrganisationAnswer? Unknown(OrganisationTable table, List<string>? columns) =>
        columns?.FirstOrDefault(column => !table.Columns.ContainsKey(column)) is { } unknown
            ? OrganisationAnswer.Error(400, "0x80060888", $"Could not find a property named '{unknown}' on type 'Microsoft.Dynamics.CRM.{table.Name}'.")
            : null;

    private static JsonObject Page(OrganisationTable table, IEnumerable<OrganisationRow> rows, OrganisationCall call) =>
        new() { ["value"] = new JsonArray([.. rows.Select(row => (JsonNode)Shape(table, row, Select(call), call))]) };

    private static JsonObject Shape(OrganisationTable table, OrganisationRow row, List<string>? columns, OrganisationCall call)
    {
        var json = new JsonObject { ["@odata.etag"] = row.Tag };
        foreach (var column in (columns ?? [.. table.Columns.Keys]).Append(table.Key).Distinct())
            json[column] = row.Values[column]?.DeepClone();
        if ((call.Header("Prefer") ?? "").Contains("FormattedValue", StringComparison.Ordinal) && json["new_tier"] is { } tier)
            json["new_tier@OData.Community.Display.V1.FormattedValue"] = tier.GetValue<int>() == 1 ? "Gold" : "Silver";
        return json;
    }
}
