using System.Text;
using CxOrchestrator.Connectors.Tests.Crm.Dataverse.Organisation;
using CxOrchestrator.Plugins.CrmDataverse.People;
using CxOrchestrator.Plugins.CrmDataverse.Settings;
using CxOrchestrator.Plugins.CrmDataverse.Tables;
using CxOrchestrator.Plugins.CrmDataverse.Wire;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;
using static CxOrchestrator.Connectors.Tests.Crm.Dataverse.DataverseRig;

namespace CxOrchestrator.Connectors.Tests.Crm.Dataverse;

/// <summary>The traps of the Web API that are known to catch people, one by one.</summary>
public sealed class TrapTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(CrmChangeKind.Score)]
    [InlineData(CrmChangeKind.Fields)]
    [InlineData(CrmChangeKind.Consent)]
    public async Task Trap_1_a_PATCH_without_If_Match_resurrects_deleted_rows(CrmChangeKind kind)
    {
        await using var rig = await StartAsync();
        var anna = rig.Contact();
        rig.Organisation.Delete("contact", anna);
        (string, object?)[] values = kind switch
        {
            CrmChangeKind.Score => [("last_score", 9)],
            CrmChangeKind.Fields => [("plan", 3)],
            _ => [("channel", "email"), ("purpose", "feedback"), ("state", "withdrawn")],
        };

        var refused = Assert.IsType<WriteRefused>(await rig.WriteAsync(Change("late", anna, kind, At, values)));

        Assert.Equal("gone", refused.Code);
        Assert.Null(rig.Organisation.Find("contact", anna));
    }

    [Fact]
    public async Task Trap_1_a_contact_that_is_deleted_between_reading_and_writing_stays_deleted()
    {
        await using var rig = await StartAsync();
        var anna = rig.Contact();
        rig.Organisation.Instead = call =>
        {
            if (call.Resource == "$batch")
                rig.Organisation.Delete("contact", anna);
            return null;
        };

        var refused = Assert.IsType<WriteRefused>(await rig.WriteAsync(Change("late", anna, CrmChangeKind.Score, At, ("last_score", 9))));

        Assert.Equal("gone", refused.Code);
        Assert.Null(rig.Organisation.Find("contact", anna));
    }

    [Fact]
    public async Task Trap_2_status_412_has_three_meanings()
    {
        Assert.Equal(FaultKind.Stale, Fault412("0x80060882", "x"));
        Assert.Equal(FaultKind.Stale, Fault412("", "The version of the existing record doesn't match the RowVersion property provided."));
        Assert.Equal(FaultKind.KeyTaken, Fault412("0x80040237", "Cannot insert duplicate key."));
        Assert.Equal(FaultKind.KeyTaken, Fault412("", "A record with matching key values already exists."));
        Assert.Equal(FaultKind.DuplicateRule, Fault412("0x80040333", "A record was not created because a duplicate of the current record already exists."));

        // Where it says nothing, the row is looked at before anything is believed.
        await using var rig = await StartAsync(settings => settings.Messages = MessageRecord.Standard, organisation => organisation.EmptyCodes = true);
        var anna = rig.Contact();
        var change = Change("message/1", anna, CrmChangeKind.Message, At, ("channel", "email"));
        var first = await rig.WriteAsync(change);
        Assert.Equal(first, await rig.WriteAsync(change));
        Assert.Single(rig.Organisation.All("email"));

        // Somebody else's row under an alternate key is not our own.
        rig.Organisation.Instead = call => call.Resource == "annotations" ? OrganisationAnswer.Error(412, "", "") : null;
        var ticket = rig.Organisation.Put("incident", null, ("title", "late"));
        var refused = Assert.IsType<WriteRefused>(await rig.Tickets.CommentAsync(ticket.ToString(), "k", "hello", default));
        Assert.Equal("duplicate", refused.Code);
    }

    [Theory]
    [InlineData("anna+news@example.com")]
    [InlineData("a&b@example.com")]
    [InlineData("o'brien/x:y%2B@example.com")]
    public async Task Trap_3_alternate_key_URLs_break_on_plus_slash_ampersand_colon_and_percent(string address)
    {
        await using var rig = await StartAsync();
        var anna = rig.Contact(email: address);
        var draft = new TicketDraft
        {
            Key = "case-1", Subject = "late", Body = "2", PersonId = "nobody", PersonEmail = address, Owner = "", Due = At,
        };

        var written = Assert.IsType<Written>(await rig.Tickets.CreateAsync(draft, default));

        Assert.Equal(anna.ToString("D"), rig.Organisation.Find("incident", Guid.Parse(written.Id))!.Text("_customerid_value"));
        Assert.DoesNotContain(rig.Organisation.Server.Requests, request => request.Path.Contains("='", StringComparison.Ordinal) && !request.Path.Contains("LogicalName", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("withdrawn", true, 534120002)]
    [InlineData("given", false, 534120001)]
    public async Task Trap_4_consent_columns_are_negative_and_consent_by_address_has_a_third_value(string state, bool forbidden, int value)
    {
        const string purpose = "10000000-0000-0000-0000-000000000003";
        await using var rig = await StartAsync(settings => settings.ConsentPurposes = new Dictionary<string, string> { ["feedback"] = purpose });
        rig.Organisation.Put("msdynmkt_purpose", Guid.Parse(purpose));
        var anna = rig.Contact(email: "anna+x@example.com");
        (string, object?)[] values = [("channel", "email"), ("purpose", "feedback"), ("state", state), ("how", "one-click")];

        Assert.IsType<Written>(await rig.WriteAsync(Change("consent/1", anna, CrmChangeKind.Consent, At, values)));

        Assert.Equal(forbidden, rig.Organisation.Find("contact", anna)!.Values["donotbulkemail"]!.GetValue<bool>());
        Assert.Null(rig.Organisation.Find("contact", anna)!.Values["preferredcontactmethodcode"]);
        var consent = Assert.Single(rig.Organisation.All("msdynmkt_contactpointconsent4"));
        Assert.Equal(
            ("anna+x@example.com", 534120000, value, purpose),
            (consent.Text("msdynmkt_contactpointvalue"), consent.Values["msdynmkt_contactpointtype"]!.GetValue<int>(), consent.Values["msdynmkt_value"]!.GetValue<int>(),
                consent.Text("_msdynmkt_purposeid_value")));
        var read = await rig.Reader.FindAsync(anna.ToString("D"), default);
        Assert.Equal(!forbidden, read!.Fields["consent_email_feedback"]);
        // Neither yes nor no: not told.
        Assert.False(read.Fields.ContainsKey("consent_sms_marketing"));

        // Another change of mind finds the row instead of making a second.
        var other = state == "given" ? "withdrawn" : "given";
        Assert.IsType<Written>(await rig.WriteAsync(Change(
            "consent/2", anna, CrmChangeKind.Consent, At.AddHours(1), ("channel", "email"), ("purpose", "feedback"), ("state", other))));
        Assert.Equal(534120003 - (value - 534120000), Assert.Single(rig.Organisation.All("msdynmkt_contactpointconsent4")).Values["msdynmkt_value"]!.GetValue<int>());
    }

    [Fact]
    public async Task Trap_5_webhook_JSON_is_arrays_of_key_and_value_with_odd_dates_and_may_come_without_content()
    {
        await using var rig = await StartAsync();
        var (row, anna) = (Guid.NewGuid(), Guid.NewGuid());
        var body = HookBodies.Update(
            "incident", row, new Guid("8b0e2a2c-6b0f-4d3c-9d1f-00000000000a"), null, ("statecode", HookBodies.Option(1)), ("statuscode", HookBodies.Option(5)),
            ("customerid", HookBodies.Lookup("contact", anna)));
        var whole = await HookAsync(rig, body.ToJsonString().Replace("/Date(1506384247000-0700)/", "\\/Date(1506384247000-0700)\\/", StringComparison.Ordinal));

        Assert.Equal((ServiceFacts.TicketChanged, anna.ToString("D"), "solved"), (whole.Type, whole.PersonId, whole.Data.GetProperty("state").GetString()));
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1506384247000), whole.Time);

        foreach (var trimmed in new[] { "ParentContext", "InputParameters", "PreEntityImages", "PostEntityImages" })
            body.Remove(trimmed);
        var hint = await HookAsync(rig, body.ToJsonString());
        Assert.Equal((whole.Id, row.ToString("D")), (hint.Id, hint.Data.GetProperty("ticket").GetString()));
        Assert.False(hint.Data.TryGetProperty("state", out _));
    }

    [Fact]
    public async Task Our_own_writes_come_back_by_the_webhook_and_tell_nothing()
    {
        await using var rig = await StartAsync();
        var anna = rig.Contact();
        await rig.WriteAsync(Change("score/1", anna, CrmChangeKind.Score, At, ("last_score", 9)));

        var own = await rig.Connector.ReceiveAsync(Hook(HookBodies.Update("contact", anna, Guid.NewGuid(), rig.Organisation.UserId).ToJsonString()), default);
        var others = await rig.Connector.ReceiveAsync(Hook(HookBodies.Update("contact", anna, Guid.NewGuid()).ToJsonString()), default);

        Assert.True(own.Verified);
        Assert.Empty(own.Events);
        Assert.Equal((ServiceFacts.CrmChanged, anna.ToString("D")), (others.Events.Single().Type, others.Events.Single().PersonId));
    }

    [Fact]
    public async Task Trap_6_Retry_After_is_seconds_and_holds_all_callers_even_where_budget_is_left()
    {
        await using var rig = await StartAsync();
        var anna = rig.Contact();
        await rig.WriteAsync(Change("warm", anna, CrmChangeKind.Fields, At, ("plan", 1)));
        rig.Organisation.Instead = _ => rig.Organisation.Limits.Limit("0x80072322", "Number of requests exceeded the limit of 6000 over time window of 300 seconds.")
            .With("x-ms-ratelimit-burst-remaining-xrm-requests", "5873");
        var first = Assert.IsType<WriteRetry>(await rig.WriteAsync(Change("a", anna, CrmChangeKind.Fields, At, ("plan", 2))));
        Assert.Equal(TimeSpan.FromSeconds(9), first.RetryAfter);

        rig.Organisation.Instead = _ => null;
        rig.Organisation.Server.Forget();
        rig.Organisation.Clock.Advance(TimeSpan.FromSeconds(4));
        var second = Assert.IsType<WriteRetry>(await rig.WriteAsync(Change("b", anna, CrmChangeKind.Fields, At, ("plan", 3))));
        Assert.Equal(TimeSpan.FromSeconds(5), second.RetryAfter);
        var read = await Assert.ThrowsAsync<ServiceException>(() => rig.Reader.FindAsync(anna.ToString("D"), default));
        Assert.Equal(TimeSpan.FromSeconds(5), read.RetryAfter);
        Assert.Empty(rig.Organisation.Server.Requests);

        rig.Organisation.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.IsType<Written>(await rig.WriteAsync(Change("b", anna, CrmChangeKind.Fields, At, ("plan", 3))));
    }

    [Fact]
    public async Task Trap_17_Customer_Voice_has_msfp_surveies_whose_responses_are_activities_with_suffixed_lookups_and_days()
    {
        var survey = new Guid("10000000-0000-4000-8000-0000000000aa");
        await using var rig = await StartAsync(settings => settings.CustomerVoiceSurveys = new Dictionary<string, string> { ["nps"] = survey.ToString("D") });
        rig.Organisation.Put("msfp_survey", survey, ("msfp_name", "NPS"));
        var anna = rig.Contact();

        var written = Assert.IsType<Written>(await rig.WriteAsync(Change(
            "answer/1", anna, CrmChangeKind.Answer, At, ("survey", "nps"), ("score", 9), ("comment", "ยอดเยี่ยม"), ("language", "th"))));

        var response = rig.Organisation.Find("msfp_surveyresponse", Guid.Parse(written.Id))!;
        Assert.Equal(
            (9, "2026-03-02", "answer/1", survey.ToString("D"), anna.ToString("D"), 1),
            (response.Values["msfp_npsscore"]!.GetValue<int>(), response.Text("msfp_submitdate"), response.Text("msfp_sourceresponseidentifier"),
                response.Text("_msfp_surveyid_value"), response.Text("_regardingobjectid_value"), response.Values["statecode"]!.GetValue<int>()));
        Assert.Contains("ยอดเยี่ยม", response.Text("description"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trap_18_logging_a_sent_mail_does_not_send_it_and_polymorphic_lookups_name_their_table()
    {
        await using var rig = await StartAsync(settings => settings.ReadAccounts = true);
        var anna = rig.Contact();
        var shop = rig.Organisation.Put("account", null, ("name", "Shop"));
        var mail = Assert.IsType<Written>(await rig.WriteAsync(Change("message/1", anna, CrmChangeKind.Message, At, ("channel", "email"))));
        var call = Assert.IsType<Written>(await rig.WriteAsync(
            Change("message/2", shop, CrmChangeKind.Message, At, ("channel", "sms")) with { PersonId = new PersonRef("account", shop).ToString() }));

        Assert.Equal((1, 3), StateOf(rig.Organisation.Find("email", Guid.Parse(mail.Id))!));
        Assert.Equal((1, 2), StateOf(rig.Organisation.Find("phonecall", Guid.Parse(call.Id))!));
        Assert.Equal(anna.ToString("D"), rig.Organisation.Find("email", Guid.Parse(mail.Id))!.Text("_regardingobjectid_value"));
        Assert.Equal(shop.ToString("D"), rig.Organisation.Find("phonecall", Guid.Parse(call.Id))!.Text("_regardingobjectid_value"));
        Assert.Equal(2, rig.Organisation.All("activityparty").Count);
        Assert.Equal(0, rig.Organisation.MailsSentAgain);
    }

    private static (int, int) StateOf(OrganisationRow row) => (row.Values["statecode"]!.GetValue<int>(), row.Values["statuscode"]!.GetValue<int>());

    private static WebhookRequest Hook(string body) => new(
        "POST", new Uri("https://cx.example.com/hooks/crm"), [new("x-cxo-key", WebhookKey)], Encoding.UTF8.GetBytes(body));

    private static async Task<ConnectorEvent> HookAsync(DataverseRig rig, string body) => Assert.Single((await rig.Connector.ReceiveAsync(Hook(body), default)).Events);

    private static FaultKind Fault412(string code, string message) => Fault.Of(new ServiceReply
    {
        Status = 412,
        Headers = new Dictionary<string, string>(),
        Body = OrganisationAnswer.Error(412, code, message).Body,
    }).Kind;
}
