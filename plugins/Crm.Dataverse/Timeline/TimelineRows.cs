using System.Globalization;
using System.Text.Json.Nodes;
using CxOrchestrator.Plugins.CrmDataverse.People;
using CxOrchestrator.Plugins.CrmDataverse.Settings;
using CxOrchestrator.Plugins.CrmDataverse.Tables;
using CxOrchestrator.Plugins.CrmDataverse.Wire;
using CxOrchestrator.Plugins.CrmDataverse.Writing;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.CrmDataverse.Timeline;

/// <summary>Makes the row that a change becomes.</summary>
internal sealed class TimelineRows(TableCatalogue catalogue, DataverseSettings settings)
{
    private const string Survey = "msfp_surveyresponse";
    private const int Sent = 3;
    private const int Completed = 2;

    // The same in every organisation: not worth a question.
    private static readonly Table Emails = new("email", "emails", "activityid", default, false, new Dictionary<string, string>());
    private static readonly Table PhoneCalls = new("phonecall", "phonecalls", "activityid", default, false, new Dictionary<string, string>());

    /// <summary>The row.</summary>
    /// <exception cref="ServiceException">Its table is not there, or the organisation did not answer.</exception>
    public async Task<TimelineRow> OfAsync(PlacedChange placed, CancellationToken cancellation)
    {
        var (change, person) = (placed.Change, placed.Person);
        var id = RowIds.Of("activity", change.Key);
        if (change.Kind == CrmChangeKind.Message && settings.Messages == MessageRecord.Standard && change.Values.GetValueOrDefault("channel") is "email" or "sms")
            return Message(change, person, id);
        if (change.Kind == CrmChangeKind.Answer && await CustomerVoiceAsync(cancellation) is { } voice)
            return await ResponseAsync(change, person, id, voice, cancellation);
        var table = await catalogue.GetAsync(settings.ActivityTable, cancellation);
        var body = Common(change, id);
        body[await BindAsync(table.Name, person, cancellation)] = person.Bind;
        foreach (var (name, value) in Touchpoint(change))
        {
            var column = $"{settings.ActivityTable[..settings.ActivityTable.IndexOf('_', StringComparison.Ordinal)]}_{name}";
            if (value is not null && table.Columns.ContainsKey(column))
                body[column] = value;
        }

        return new TimelineRow(table, id, body, Completed);
    }

    private static TimelineRow Message(CrmChange change, PersonRef person, Guid id)
    {
        var table = change.Values["channel"] is "email" ? Emails : PhoneCalls;
        var body = Common(change, id);
        body["directioncode"] = true;
        body[$"regardingobjectid_{person.Table}_{table.Name}@odata.bind"] = person.Bind;
        // Parties exist only inside their activity; 2 is the recipient.
        body[$"{table.Name}_activity_parties"] = new JsonArray(new JsonObject
        {
            [$"partyid_{person.Table}@odata.bind"] = person.Bind,
            ["participationtypemask"] = 2,
        });
        return new TimelineRow(table, id, body, table == Emails ? Sent : Completed, HasParties: true);
    }

    private async Task<TimelineRow> ResponseAsync(CrmChange change, PersonRef person, Guid id, Table table, CancellationToken cancellation)
    {
        var body = Common(change, id);
        body[await BindAsync(table.Name, person, cancellation)] = person.Bind;
        body["msfp_name"] = Values.Short(change.Title, 100);
        body["msfp_sourceresponseidentifier"] = Values.Short(change.Key, 100);
        // A day, not a moment: the moment stands in actualend.
        body["msfp_submitdate"] = change.At.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        body["msfp_questionresponseslist"] = Details(change);
        if (Number(change.Values.GetValueOrDefault("score")) is { } score)
            body["msfp_npsscore"] = score;
        if (change.Values.GetValueOrDefault("language") is string language)
            body["msfp_language"] = language;
        if (change.Values.GetValueOrDefault("survey") is string survey)
        {
            body["msfp_sourcesurveyidentifier"] = Values.Short(survey, 100);
            if (settings.CustomerVoiceSurveys?.TryGetValue(survey, out var known) == true)
                body[$"{await catalogue.LookupAsync(table.Name, "msfp_surveyid", "msfp_survey", cancellation)}@odata.bind"] = $"/msfp_surveies({known})";
        }

        return new TimelineRow(table, id, body, Completed);
    }

    private async Task<Table?> CustomerVoiceAsync(CancellationToken cancellation) => settings.CustomerVoice switch
    {
        WhereInstalled.Off => null,
        WhereInstalled.On => await catalogue.GetAsync(Survey, cancellation),
        _ => await catalogue.FindAsync(Survey, cancellation),
    };

    private async Task<string> BindAsync(string table, PersonRef person, CancellationToken cancellation) =>
        $"{await catalogue.LookupAsync(table, "regardingobjectid", person.Table, cancellation)}@odata.bind";

    private static JsonObject Common(CrmChange change, Guid id) => new()
    {
        ["activityid"] = id.ToString("D"),
        ["subject"] = Values.Short(change.Title, Values.LongestSubject),
        ["description"] = string.Join('\n', change.Values.Where(pair => pair.Value is not null).Select(pair => $"{pair.Key}: {Values.ToText(pair.Value)}")),
        ["actualend"] = ODataText.Moment(change.At),
    };

    private static IEnumerable<(string Name, JsonNode? Value)> Touchpoint(CrmChange change)
    {
        yield return ("kind", change.Kind.ToString().ToLowerInvariant());
        yield return ("key", Values.Short(change.Key, 200));
        yield return ("score", Number(change.Values.GetValueOrDefault("score")));
        foreach (var name in (string[])["survey", "comment", "channel", "journey", "touchpoint"])
            yield return (name, Values.ToText(change.Values.GetValueOrDefault(name)));
        yield return ("details", Details(change));
    }

    private static string Details(CrmChange change) => Values.ToNode(change.Values)!.ToJsonString();

    private static int? Number(object? value) => value is int or long or double or decimal
        ? (int)Math.Round(Convert.ToDouble(value, CultureInfo.InvariantCulture))
        : null;
}
