using System.Text;
using System.Text.Json.Nodes;
using CxOrchestrator.Plugins.GenericHttp;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Testing;
using CxOrchestrator.Sdk.Testing.Http;
using static CxOrchestrator.Sdk.Testing.Builders.Some;

namespace CxOrchestrator.Connectors.Tests.Generic.Http;

/// <summary>What the descriptions that come with the plugin ask, and how they read answers that the services' documentation shows.</summary>
public sealed class ShippedDescriptionTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cxo-generic-");
    private readonly Queue<ScriptedReply> _replies = new();
    private ScriptedHttpServer _server = null!;

    public async Task InitializeAsync() => _server = await ScriptedHttpServer.StartAsync(_ => _replies.Dequeue());

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task HubSpot_is_asked_for_what_changed_and_its_contacts_are_people()
    {
        await using var hub = Connect("hubspot-contacts");
        _replies.Enqueue(Json("""
            {"total":1,"results":[{"id":"512","properties":{"email":"maria@example.com","firstname":"Maria","lastname":"Johnson","mobilephone":"+4791234567",
             "hs_language":"pt_br","lifecyclestage":"customer","lastmodifieddate":"2026-03-02T12:00:00.123Z"},"createdAt":"2026-01-01T00:00:00Z","updatedAt":"2026-03-02T12:00:00.123Z","archived":false}]}
            """));
        var page = await ((ICrmReader)hub).ChangedSinceAsync(null, default);

        var person = Assert.Single(page.Items);
        Assert.Equal(("512", "Maria Johnson", "Maria", "maria@example.com", "+4791234567", "pt-br"), (person.Id, person.Name, person.GivenName, person.Email, person.Phone, person.Locale));
        Assert.Equal("customer", person.Fields["lifecycle_stage"]);
        var asked = _server.Requests[^1];
        Assert.Equal(("POST", "/crm/v3/objects/contacts/search", "Bearer secret-1"), (asked.Method, asked.Path, asked.Header("Authorization")));
        var body = JsonNode.Parse(asked.Text())!;
        Assert.Equal("""[{"filters":[{"propertyName":"lastmodifieddate","operator":"GTE","value":"1970-01-01T00:00:00Z"}]}]""", body["filterGroups"]!.ToJsonString());
        Assert.Null(body["after"]);

        _replies.Enqueue(Json("""{"results":[]}"""));
        Assert.Null((await ((ICrmReader)hub).ChangedSinceAsync(page.NextCursor, default)).NextCursor);
        Assert.Contains("2026-03-02T12:00:00.123Z", _server.Requests[^1].Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Half_a_character_in_one_record_does_not_stop_the_feed()
    {
        await using var hub = Connect("hubspot-contacts");
        _replies.Enqueue(Json("""{"results":[{"id":"512","properties":{"firstname":"\ud83d","lastmodifieddate":"2026-03-02T12:00:00Z"}}]}"""));

        Assert.Equal("\uFFFD", Assert.Single((await ((ICrmReader)hub).ChangedSinceAsync(null, default)).Items).GivenName);
    }

    [Fact]
    public async Task HubSpot_gets_scores_as_properties_of_contacts_that_exist()
    {
        await using var hub = Connect("hubspot-contacts");
        _replies.Enqueue(Json("""{"id":"512","properties":{}}"""));
        _replies.Enqueue(Json("""{"status":"error","category":"OBJECT_NOT_FOUND"}""", 404));

        var change = AChange("512", CrmChangeKind.Score, ("last_score", 9), ("last_score_at", "2026-03-02T12:00:00Z"));
        Assert.Equal(WriteResult.Written("512"), (await ((ICrmWriter)hub).UpsertAsync([change], default))[0]);
        Assert.IsType<WriteRefused>((await ((ICrmWriter)hub).UpsertAsync([change with { Key = "another" }], default))[0]);
        Assert.Equal(WriteResult.Written("skipped"), (await ((ICrmWriter)hub).UpsertAsync([change with { Key = "a third", Kind = CrmChangeKind.Case }], default))[0]);

        Assert.Equal(("PATCH", "/crm/v3/objects/contacts/512"), (_server.Requests[0].Method, _server.Requests[0].Path));
        Assert.Equal("""{"properties":{"cxo_last_score":9,"cxo_last_score_at":"2026-03-02T12:00:00Z"}}""", _server.Requests[0].Text());
    }

    [Fact]
    public async Task Salesforce_is_signed_in_to_once_and_asked_by_SOQL()
    {
        await using var force = Connect("salesforce-contacts");
        _replies.Enqueue(Json("""{"access_token":"00D!token","instance_url":"https://acme.my.salesforce.com","token_type":"Bearer"}"""));
        _replies.Enqueue(Json("""
            {"totalSize":2,"done":true,"records":[
             {"attributes":{"type":"Contact"},"Id":"0035g00000AbCdE","Name":"João Conceição","FirstName":"João","Email":"joao@example.com","MobilePhone":"+351912345678","HasOptedOutOfEmail":true,"IsDeleted":false,"SystemModstamp":"2026-03-02T12:00:00.000+0000"},
             {"attributes":{"type":"Contact"},"Id":"0035g00000Gone1","Name":"Gone","IsDeleted":true,"SystemModstamp":"2026-03-02T12:00:01.000+0000"}]}
            """));
        var page = await ((ICrmReader)force).ChangedSinceAsync(null, default);

        Assert.Equal(["João", null], page.Items.Select(person => person.GivenName));
        Assert.Equal([false, true], page.Items.Select(person => person.Gone));
        Assert.Equal(true, page.Items[0].Fields["opted_out_of_email"]);
        Assert.Equal(("/services/oauth2/token", "grant_type=client_credentials&client_id=user-1&client_secret=secret-1"), (_server.Requests[0].Path, _server.Requests[0].Text()));
        Assert.Equal("Bearer 00D!token", _server.Requests[1].Header("Authorization"));
        Assert.EndsWith("WHERE SystemModstamp >= 1970-01-01T00:00:00Z ORDER BY SystemModstamp, Id LIMIT 200 OFFSET 0", _server.Requests[1].Parameter("q"), StringComparison.Ordinal);

        _replies.Enqueue(ScriptedReply.Empty());
        Assert.IsType<Written>((await ((ICrmWriter)force).UpsertAsync([AChange("0035g00000AbCdE", CrmChangeKind.Consent, ("channel", "email"), ("state", "withdrawn"))], default))[0]);
        Assert.Equal("""{"HasOptedOutOfEmail":true}""", _server.Requests[2].Text());
    }

    [Fact]
    public async Task A_timeline_line_of_Salesforce_is_upserted_by_a_digest_of_its_key()
    {
        await using var force = Connect("salesforce-contacts");
        _replies.Enqueue(Json("""{"access_token":"t"}"""));
        _replies.Enqueue(Json("""{"id":"00T5g00000XyZ","success":true,"created":true}""", 201));

        var change = AChange("0035g00000AbCdE", CrmChangeKind.Answer, ("score", 2), ("comment", "late \"again\"")) with { Key = "answer/7/α" };
        Assert.Equal(WriteResult.Written("00T5g00000XyZ"), (await ((ICrmWriter)force).UpsertAsync([change], default))[0]);
        Assert.Matches("^/services/data/v62.0/sobjects/Task/Cxo_Key__c/[0-9a-f]{64}$", _server.Requests[1].Path);
        Assert.Equal("late \"again\"", JsonNode.Parse(_server.Requests[1].Text())!["Description"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_segment_of_Salesforce_goes_on_at_the_address_that_it_gives()
    {
        await using var force = Connect("salesforce-contacts");
        _replies.Enqueue(Json("""{"access_token":"t"}"""));
        _replies.Enqueue(Json("""{"done":false,"nextRecordsUrl":"/services/data/v62.0/query/01g-2000","records":[{"Id":"1","Name":"A"}]}"""));
        _replies.Enqueue(Json("""{"done":true,"records":[{"Id":"2","Name":"B"}]}"""));

        var first = await ((ICrmReader)force).SegmentAsync("MailingCountry = 'Norway'", null, default);
        var second = await ((ICrmReader)force).SegmentAsync("MailingCountry = 'Norway'", first.NextCursor, default);

        Assert.Null(second.NextCursor);
        Assert.EndsWith("WHERE MailingCountry = 'Norway'", _server.Requests[1].Parameter("q"), StringComparison.Ordinal);
        Assert.Equal("/services/data/v62.0/query/01g-2000", _server.Requests[2].Target);
    }

    [Fact]
    public async Task SAP_is_asked_for_a_token_before_the_first_write_and_gets_it_back_with_its_cookies()
    {
        await using var sap = Connect("sap-sales-cloud");
        var fetched = Json("""{"d":{"results":[]}}""").With("x-csrf-token", "csrf-9").With("Set-Cookie", "SAP_SESSIONID_1=abc; path=/; secure; Expires=Wed, 21 Oct 2026 07:28:00 GMT")
            .With("Set-Cookie", "sap-usercontext=client=800; path=/");
        _replies.Enqueue(fetched);
        _replies.Enqueue(ScriptedReply.Empty());
        _replies.Enqueue(ScriptedReply.Empty(403));
        _replies.Enqueue(fetched);
        _replies.Enqueue(ScriptedReply.Empty());

        var writer = (ICrmWriter)sap;
        var change = AChange("00163E'X", CrmChangeKind.Score, ("last_score", 9), ("last_score_at", "2026-03-02T12:00:00Z"));
        Assert.IsType<Written>((await writer.UpsertAsync([change], default))[0]);
        Assert.Equal("fetch", _server.Requests[0].Header("x-csrf-token"));
        Assert.Equal(("PATCH", "/ContactCollection('00163E%27%27X')"), (_server.Requests[1].Method, _server.Requests[1].Path));
        Assert.Equal(("csrf-9", "SAP_SESSIONID_1=abc; sap-usercontext=client=800"), (_server.Requests[1].Header("x-csrf-token"), _server.Requests[1].Header("Cookie")));

        // A token that has ended is got anew by the next try.
        Assert.IsType<WriteRetry>((await writer.UpsertAsync([change with { Key = "two" }], default))[0]);
        Assert.IsType<Written>((await writer.UpsertAsync([change with { Key = "two" }], default))[0]);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(503)]
    public async Task What_is_refused_before_a_request_is_no_answer_to_it(int status)
    {
        await using var sap = Connect("sap-sales-cloud");
        for (var asked = 0; asked < 2; asked++)
            _replies.Enqueue(ScriptedReply.Empty(status));

        Assert.IsType<WriteRetry>((await ((ICrmWriter)sap).UpsertAsync([AChange("00163E0", CrmChangeKind.Score, ("last_score", 9))], default))[0]);
        // Not "gone": the person was never asked for.
        await Assert.ThrowsAsync<CxOrchestrator.Sdk.Http.ServiceException>(() => ((ICrmReader)sap).FindAsync("00163E0", default));
        Assert.Equal(2, _server.Requests.Count);
    }

    [Fact]
    public async Task SAPs_moments_are_read_and_asked_for_in_OData_2()
    {
        await using var sap = Connect("sap-sales-cloud");
        var token = Json("""{"d":{"results":[]}}""").With("x-csrf-token", "csrf-9");
        _replies.Enqueue(token);
        _replies.Enqueue(Json("""{"d":{"results":[{"ObjectID":"00163E0","ContactID":"1001","FirstName":"Anna","LastName":"Ruiz","Email":"anna@example.com","Mobile":"+49 151 1234","LanguageCode":"DE","StatusCode":"2","ChangedOn":"/Date(1772452800123)/"}]}}"""));
        _replies.Enqueue(Json("""{"d":{"results":[]}}"""));

        var page = await ((ICrmReader)sap).ChangedSinceAsync(null, default);
        await ((ICrmReader)sap).ChangedSinceAsync(page.NextCursor, default);

        Assert.Equal(("00163E0", "Anna Ruiz", "+491511234", "de"), (page.Items[0].Id, page.Items[0].Name, page.Items[0].Phone, page.Items[0].Locale));
        Assert.Equal("ChangedOn ge datetimeoffset'1970-01-01T00:00:00.000Z'", _server.Requests[1].Parameter("$filter"));
        Assert.Equal("ChangedOn ge datetimeoffset'2026-03-02T12:00:00.123Z'", _server.Requests[2].Parameter("$filter"));
    }

    [Fact]
    public async Task Oracle_is_asked_in_its_query_language_and_written_in_its_media_type()
    {
        await using var oracle = Connect("oracle-cx-sales");
        _replies.Enqueue(Json("""{"items":[{"PartyNumber":"CDRM_1","ContactName":"王小明","FirstName":"小明","EmailAddress":"wang@example.com","RawMobileNumber":"+8613800000000","LastUpdateDate":"2026-03-02T12:00:00+00:00"}],"count":1,"hasMore":false,"limit":100,"offset":0}"""));
        _replies.Enqueue(Json("""{"PartyNumber":"CDRM_1"}"""));

        var person = Assert.Single((await ((ICrmReader)oracle).ChangedSinceAsync(null, default)).Items);
        Assert.Equal(("CDRM_1", "王小明", "+8613800000000"), (person.Id, person.Name, person.Phone));
        Assert.Equal("LastUpdateDate>='1970-01-01T00:00:00+00:00'", _server.Requests[0].Parameter("q"));
        Assert.Equal("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("user-1:secret-1")), _server.Requests[0].Header("Authorization"));

        await ((ICrmWriter)oracle).UpsertAsync([AChange("CDRM_1", CrmChangeKind.Score, ("last_score", 3), ("last_score_at", "2026-03-02T12:00:00Z"))], default);
        Assert.Equal(("PATCH", "/contacts/CDRM_1", "application/vnd.oracle.adf.resourceitem+json"), (_server.Requests[1].Method, _server.Requests[1].Path, _server.Requests[1].Header("Content-Type")));
    }

    [Theory]
    [InlineData("0", "SendAccepted { ProviderId = 0C000000217B7F02 }")]
    [InlineData("1", "SendDeferred { Text = throttled, RetryAfter = 00:00:01 }")]
    [InlineData("4", "SendDeferred { Text = the account is not allowed to send: status 4, RetryAfter = 00:05:00 }")]
    [InlineData("5", "SendUnknown { Text = status 5 }")]
    [InlineData("7", "SendRejected { Code = 7, Text = the number can't be reached, AddressInvalid = True }")]
    [InlineData("15", "SendRejected { Code = 15, Text = refused with status 15, AddressInvalid = False }")]
    public async Task Vonages_status_in_the_body_decides(string status, string result)
    {
        await using var vonage = Connect("vonage-sms", new() { ["from"] = "Shop" });
        _replies.Enqueue(Json($$"""{"message-count":"1","messages":[{"to":"447700900000","message-id":"0C000000217B7F02","status":"{{status}}","message-price":"0.0333"}]}"""));

        var message = ASms("สวัสดี & 100%");
        Assert.Equal(result, (await ((ISmsSender)vonage).SendAsync(message, default)).ToString());
        var form = _server.Requests[0].Form().ToDictionary(field => field.Key, field => field.Value);
        Assert.Equal(("Shop", "66812345678", "สวัสดี & 100%", "unicode", message.Key), (form["from"], form["to"], form["text"], form["type"], form["client-ref"]));
    }

    [Theory]
    [InlineData("""{"msisdn":"66812345678","messageId":"0C1","status":"delivered","err-code":"0","client-ref":"k1","price":"0.03"}""", "message.delivered dlr/0C1/delivered k1")]
    [InlineData("""{"msisdn":"66812345678","messageId":"0C1","status":"failed","err-code":"3","client-ref":"k1"}""", "message.failed dlr/0C1/failed k1")]
    [InlineData("""{"msisdn":"66812345678","messageId":"0C2","text":" Stop ","type":"text"}""", "contact.optedOut in/0C2 ")]
    [InlineData("""{"msisdn":"66812345678","messageId":"0C5","text":"START","type":"text"}""", "contact.optedIn in/0C5 ")]
    [InlineData("""{"msisdn":"66812345678","messageId":"0C3","text":"stop that please","type":"text"}""", "message.replied in/0C3 ")]
    [InlineData("""{"msisdn":"66812345678","messageId":"0C4","status":"buffered"}""", null)]
    public async Task Vonages_receipts_and_answers_are_facts(string body, string? told)
    {
        await using var vonage = Connect("vonage-sms", new() { ["from"] = "Shop" });
        var request = new WebhookRequest("POST", new Uri("https://cx.example.com/hooks/sms?token=hook-1"), [new("Content-Type", "application/json")], Encoding.UTF8.GetBytes(body));

        var result = await ((IWebhookReceiver)vonage).ReceiveAsync(request, default);
        Assert.Equal(told, result.Events.Select(fact => $"{fact.Type} {fact.Id} {fact.DeliveryKey}").SingleOrDefault());
        Assert.All(result.Events, fact => Assert.Equal("+66812345678", fact.Address));
        Assert.Equal(WebhookResult.Refused, await ((IWebhookReceiver)vonage).ReceiveAsync(request with { Url = new Uri("https://cx.example.com/hooks/sms?token=hook-2") }, default));
    }

    [Fact]
    public async Task A_case_is_a_thread_in_the_channel()
    {
        await using var chat = Connect("chat-webhook", new() { ["channel"] = "C012AB3CD" });
        _replies.Enqueue(Json("""{"ok":true,"channel":"C012AB3CD","ts":"1503435956.000247"}"""));
        _replies.Enqueue(Json("""{"ok":true,"ts":"1503435957.000300"}"""));
        _replies.Enqueue(Json("""{"ok":false,"error":"channel_not_found"}"""));
        _replies.Enqueue(Json("""{"ok":false,"error":"ratelimited"}"""));
        var desk = (ITicketWriter)chat;

        Assert.Equal(WriteResult.Written("1503435956.000247"), await desk.CreateAsync(ATicket(), default));
        await desk.CommentAsync("1503435956.000247", "answer-1", "worse: 2", default);
        Assert.Equal("channel_not_found", Assert.IsType<WriteRefused>(await desk.CreateAsync(ATicket(), default)).Code);
        Assert.IsType<WriteRetry>(await desk.CreateAsync(ATicket(), default));

        Assert.Equal("1503435956.000247", JsonNode.Parse(_server.Requests[1].Text())!["thread_ts"]!.GetValue<string>());
        Assert.Contains("to be put right by 2026-03-03 17:00 UTC", JsonNode.Parse(_server.Requests[0].Text())!["text"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_customers_words_call_nobody_in_the_channel_and_make_no_links_there()
    {
        await using var chat = Connect("chat-webhook", new() { ["channel"] = "C012AB3CD" });
        _replies.Enqueue(Json("""{"ok":true,"ts":"1503435956.000247"}"""));
        _replies.Enqueue(Json("""{"ok":true,"ts":"1503435957.000300"}"""));
        var desk = (ITicketWriter)chat;

        await desk.CreateAsync(ATicket() with { Subject = "<!here>", Body = "<!channel> & <https://evil.example|our site>" }, default);
        await desk.CommentAsync("1503435956.000247", "answer-1", "<@U012AB3CD> 1 < 2", default);

        var texts = _server.Requests.Select(request => JsonNode.Parse(request.Text())!["text"]!.GetValue<string>()).ToList();
        Assert.StartsWith("*&lt;!here&gt;*\n&lt;!channel&gt; &amp; &lt;https://evil.example|our site&gt;\n", texts[0], StringComparison.Ordinal);
        Assert.Equal("&lt;@U012AB3CD&gt; 1 &lt; 2", texts[1]);
    }

    [Fact]
    public async Task The_chats_handshake_is_answered_where_it_is_signed()
    {
        await using var chat = Connect("chat-webhook", new() { ["channel"] = "C012AB3CD" });
        var body = Encoding.UTF8.GetBytes("""{"type":"url_verification","challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"}""");
        byte[] signed = [.. Encoding.UTF8.GetBytes("v0:1531420618:"), .. body];
        var signature = "v0=" + Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData(Encoding.UTF8.GetBytes("hook-1"), signed));
        var request = new WebhookRequest("POST", new Uri("https://cx.example.com/hooks/chat"), [new("X-Slack-Signature", signature), new("X-Slack-Request-Timestamp", "1531420618")], body);

        var result = await ((IWebhookReceiver)chat).ReceiveAsync(request, default);
        Assert.Equal((200, "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P", 0), (result.Status, result.ReplyBody, result.Events.Count));
        Assert.Equal(WebhookResult.Refused, await ((IWebhookReceiver)chat).ReceiveAsync(request with { Headers = [request.Headers[0], new("X-Slack-Request-Timestamp", "1531420619")] }, default));
    }

    private IConnector Connect(string description, Dictionary<string, string>? values = null)
    {
        var settings = new GenericSettings
        {
            Description = description, BaseUrl = _server.Url, User = "user-1", Secret = new Secret("secret-1"), WebhookSecret = new Secret("hook-1"), Values = values ?? [],
        };
        Assert.Empty(settings.Validate(new System.ComponentModel.DataAnnotations.ValidationContext(settings)));
        return ((IPlugin)new GenericPlugin()).Connect(new ConnectionContext("any", _folder.FullName, TimeProvider.System, new RecordingLog()), settings);
    }

    private static ScriptedReply Json(string json, int status = 200) => ScriptedReply.JsonText(json, status);
}
