using CxOrchestrator.Connectors.Tests.Crm.Dataverse.Organisation;
using CxOrchestrator.Plugins.CrmDataverse.Tables;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Testing.Http;
using static CxOrchestrator.Connectors.Tests.Crm.Dataverse.DataverseRig;

namespace CxOrchestrator.Connectors.Tests.Crm.Dataverse;

/// <summary>What becomes of changes that come late, twice, in crowds, or to the wrong place.</summary>
public sealed class WritingTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_score_shows_its_trend_and_a_late_one_overwrites_nothing()
    {
        await using var rig = await StartAsync();
        var anna = rig.Contact();
        await rig.WriteAsync(Score("s1", anna, 6, At));
        await rig.WriteAsync(Score("s2", anna, 9, At.AddDays(1)));
        Assert.Equal(("9", "up"), Shown(rig, anna));

        // The same again keeps its trend; an older one, tried again after the newer, is written as far as it should be.
        Assert.IsType<Written>(await rig.WriteAsync(Score("s2", anna, 9, At.AddDays(1))));
        Assert.IsType<Written>(await rig.WriteAsync(Score("s0", anna, 1, At.AddDays(-1))));
        Assert.Equal(("9", "up"), Shown(rig, anna));
        Assert.Equal(2, rig.Organisation.Find("contact", anna)!.Stamps.Count);
    }

    [Fact]
    public async Task A_row_that_someone_else_changes_meanwhile_is_tried_again_and_loses_nothing()
    {
        await using var rig = await StartAsync();
        var anna = rig.Contact();
        rig.Organisation.Instead = call =>
        {
            if (call.Resource == "$batch")
                rig.Organisation.Put("contact", anna, ("jobtitle", "Chef"));
            return null;
        };
        Assert.IsType<WriteRetry>(await rig.WriteAsync(Score("s1", anna, 6, At)));
        rig.Organisation.Instead = _ => null;

        Assert.IsType<Written>(await rig.WriteAsync(Score("s1", anna, 6, At)));
        Assert.Equal("Chef", rig.Organisation.Find("contact", anna)!.Text("jobtitle"));
    }

    [Fact]
    public async Task A_batch_keeps_good_and_bad_apart_in_order()
    {
        await using var rig = await StartAsync(settings => settings.CustomerVoice = Plugins.CrmDataverse.Settings.WhereInstalled.Off);
        var (anna, gone) = (rig.Contact(), rig.Contact());
        rig.Organisation.Delete("contact", gone);
        CrmChange[] changes =
        [
            Change("a1", anna, CrmChangeKind.Answer, At, ("score", 9)),
            Change("a2", gone, CrmChangeKind.Answer, At, ("score", 8)),
            Change("f1", anna, CrmChangeKind.Fields, At, ("favourite colour", "red")),
            Change("f2", anna, CrmChangeKind.Fields, At, ("plan", "7"), ("comment", true)),
            Change("f3", anna, CrmChangeKind.Fields, At, ("plan", "many")),
            Change("m1", anna, CrmChangeKind.Message, At, ("channel", "email")),
            Change("x1", anna, CrmChangeKind.Answer, At) with { PersonId = "customer 7" },
            Change("a1", anna, CrmChangeKind.Answer, At, ("score", 9)),
        ];

        var results = await rig.Writer.UpsertAsync(changes, default);

        Assert.Equal(
            ["Written", "gone", "unmapped", "Written", "wrong-type", "Written", "unknown-person", "Written"],
            results.Select(result => result is WriteRefused refused ? refused.Code : result.GetType().Name));
        Assert.Contains("favourite colour", ((WriteRefused)results[2]).Text, StringComparison.Ordinal);
        var contact = rig.Organisation.Find("contact", anna)!;
        Assert.Equal(("7", "true"), (contact.Text("new_plan"), contact.Text("new_comment")));
        Assert.Single(rig.Organisation.All("cxo_touchpoint"));
    }

    [Fact]
    public async Task Many_answers_go_in_one_transaction_and_a_crash_between_making_and_completing_them_heals()
    {
        await using var rig = await StartAsync(settings => settings.CustomerVoice = Plugins.CrmDataverse.Settings.WhereInstalled.Off);
        var anna = rig.Contact();
        var changes = Enumerable.Range(0, 120).Select(i => Change($"a{i}", anna, CrmChangeKind.Answer, At, ("score", i % 11))).ToList();
        rig.Organisation.Server.Fault = HttpFault.CutBeforeBody.Where(request => request.Path.EndsWith("UpdateMultiple", StringComparison.Ordinal));
        Assert.All(await rig.Writer.UpsertAsync(changes, default), result => Assert.IsType<WriteRetry>(result));
        Assert.Equal(120, rig.Organisation.All("cxo_touchpoint").Count(row => row.Values["statecode"]!.GetValue<int>() == 0));
        rig.Organisation.Server.Fault = null;

        Assert.All(await rig.Writer.UpsertAsync(changes, default), result => Assert.IsType<Written>(result));
        Assert.Equal(120, rig.Organisation.All("cxo_touchpoint").Count(row => row.Values["statecode"]!.GetValue<int>() == 1));

        rig.Organisation.Server.Forget();
        Assert.All(
            await rig.Writer.UpsertAsync([.. changes.Select(change => change with { Key = "b" + change.Key })], default), result => Assert.IsType<Written>(result));
        Assert.Equal(["CreateMultiple", "UpdateMultiple"], rig.Organisation.Server.Requests.Where(request => request.Method == "POST").Select(request => request.Path.Split('.')[^1]));
    }

    [Fact]
    public async Task A_batch_that_is_too_large_or_can_not_be_read_is_sent_in_halves()
    {
        await using var rig = await StartAsync();
        var anna = rig.Contact();
        rig.Organisation.Instead = call => call.Resource == "$batch" && call.Body.Length > 6000 ? OrganisationAnswer.Error(413, "", "Too large.") : null;
        var changes = Enumerable.Range(0, 20).Select(i => Change($"m{i}", anna, CrmChangeKind.Message, At, ("channel", "email"))).ToList();

        Assert.All(await rig.Writer.UpsertAsync(changes, default), result => Assert.IsType<Written>(result));
        Assert.Equal(20, rig.Organisation.All("email").Count);
    }

    [Fact]
    public async Task A_case_of_this_connection_is_moved_and_resolved_by_action_and_reopened()
    {
        await using var rig = await StartAsync();
        var anna = rig.Contact();
        var ticket = rig.Organisation.Put("incident", null, ("title", "late"), ("_customerid_value", anna.ToString("D")));
        CrmChange Case(string key, string? state) => Change(
            key, anna, CrmChangeKind.Case, At, ("helpdesk", "crm"), ("ticket", ticket.ToString("D")), ("state", state), ("due", "2026-03-05T17:00:00Z"));

        Assert.IsType<Written>(await rig.WriteAsync(Case("c1", null)));
        Assert.Equal("2026-03-05T17:00:00Z", rig.Organisation.Find("incident", ticket)!.Text("followupby"));
        Assert.IsType<Written>(await rig.WriteAsync(Case("c2", "solved")));
        Assert.IsType<Written>(await rig.WriteAsync(Case("c2", "solved")));
        Assert.Equal(TicketState.Solved, (await ((ITicketReader)rig.Connector).FindAsync(ticket.ToString("D"), default))!.State);
        Assert.IsType<Written>(await rig.WriteAsync(Case("c3", "reopened")));
        Assert.Equal("0", rig.Organisation.Find("incident", ticket)!.Text("statecode"));
        Assert.Empty(rig.Organisation.All("cxo_touchpoint"));
        rig.Organisation.Delete("incident", ticket);
        Assert.Equal("gone", Assert.IsType<WriteRefused>(await rig.WriteAsync(Case("c4", "solved"))).Code);
    }

    [Fact]
    public async Task Labels_are_added_and_others_stay()
    {
        await using var rig = await StartAsync();
        var ticket = rig.Organisation.Put("incident", null, ("title", "late"), ("cxo_tags", ";vip;"));

        Assert.IsType<Written>(await rig.Tickets.TagAsync(ticket.ToString("D"), ["nps", "VIP", "a;b"], default));
        Assert.IsType<Written>(await rig.Tickets.TagAsync(ticket.ToString("D"), ["nps"], default));

        Assert.Equal(";vip;nps;a b;", rig.Organisation.Find("incident", ticket)!.Text("cxo_tags"));
        Assert.IsType<WriteRefused>(await rig.Tickets.TagAsync(Guid.NewGuid().ToString(), ["nps"], default));
    }

    [Fact]
    public async Task A_case_goes_to_the_team_that_it_names_and_without_a_customer_to_nobody()
    {
        await using var rig = await StartAsync();
        rig.Contact();
        var team = rig.Organisation.Put("team", null, ("name", "service"));
        var draft = new TicketDraft { Key = "c", Subject = new string('ส', 300), Body = "b", PersonId = "x", PersonEmail = "ANNA@example.com", Owner = "service", Due = At, Tags = ["nps"] };

        var written = Assert.IsType<Written>(await rig.Tickets.CreateAsync(draft, default));
        var row = rig.Organisation.Find("incident", Guid.Parse(written.Id))!;
        Assert.Equal((team.ToString("D"), ";nps;", 200), (row.Text("_ownerid_value"), row.Text("cxo_tags"), row.Text("title")!.Length));
        Assert.Equal("no-customer", Assert.IsType<WriteRefused>(await rig.Tickets.CreateAsync(draft with { Key = "d", PersonEmail = "x@y.z" }, default)).Code);
    }

    [Fact]
    public void Ids_are_made_from_keys_and_never_collide_between_things()
    {
        Assert.Equal(RowIds.Of("activity", "a"), RowIds.Of("activity", "a"));
        Assert.NotEqual(RowIds.Of("activity", "a"), RowIds.Of("incident", "a"));
        Assert.Equal(8, RowIds.Of("activity", "a").Version);
        Assert.Equal(10_000, Enumerable.Range(0, 10_000).Select(i => RowIds.Of("activity", $"{i}")).Distinct().Count());
    }

    private static CrmChange Score(string key, Guid person, int score, DateTimeOffset at) =>
        Change(key, person, CrmChangeKind.Score, at, ("last_score", (long)score), ("last_score_at", at.ToString("O")), ("last_score_survey", "nps"));

    private static (string?, string?) Shown(DataverseRig rig, Guid person) =>
        (rig.Organisation.Find("contact", person)!.Text("cxo_lastscore"), rig.Organisation.Find("contact", person)!.Text("cxo_scoretrend"));
}
