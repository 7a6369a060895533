using System.Text.Json.Nodes;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Testing;
using CxOrchestrator.Sdk.Testing.Http;
using static CxOrchestrator.Sdk.Testing.Builders.Some;

namespace CxOrchestrator.Connectors.Tests.Helpdesk.Zendesk;

/// <summary>Where Zendesk is not what one expects.</summary>
public sealed class ZendeskTrapTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cxo-zendesk-");
    private ZendeskAccount _account = null!;
    private IConnector _connector = null!;

    private ITicketWriter Writer => (ITicketWriter)_connector;

    public async Task InitializeAsync()
    {
        _account = await ZendeskAccount.StartAsync();
        _connector = ZendeskAccount.Connect(new ConnectionContext("desk", _folder.FullName, TimeProvider.System, new RecordingLog()), _account.Server.Url);
    }

    public async Task DisposeAsync()
    {
        await _connector.DisposeAsync();
        await _account.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Trap_11_a_key_lasts_two_hours_and_after_that_the_external_id_finds_the_ticket()
    {
        var draft = ATicket();
        var first = await Writer.CreateAsync(draft, default);
        _account.Now += TimeSpan.FromHours(3);

        Assert.Equal(first, await Writer.CreateAsync(draft, default));
        Assert.Single(_account.Tickets);
    }

    [Fact]
    public async Task Trap_11_a_key_needs_an_identical_body_so_every_try_sends_the_same_bytes()
    {
        var draft = ATicket();
        _account.Server.Fault = HttpFault.CutBeforeBody.For(1).Where(request => request.Method == "POST");
        Assert.IsType<WriteRetry>(await Writer.CreateAsync(draft, default));
        _account.Server.Fault = HttpFault.CutAfterBody.For(1).Where(request => request.Method == "POST");
        Assert.IsType<WriteRetry>(await Writer.CreateAsync(draft, default));
        Assert.IsType<Written>(await Writer.CreateAsync(draft, default));

        Assert.Single(_account.Tickets);
    }

    [Fact]
    public async Task Trap_11_a_draft_that_changed_between_two_tries_is_found_and_not_made_twice()
    {
        var draft = ATicket();
        _account.Server.Fault = HttpFault.CutAfterBody.For(1).Where(request => request.Method == "POST");
        Assert.IsType<WriteRetry>(await Writer.CreateAsync(draft, default));

        Assert.IsType<Written>(await Writer.CreateAsync(draft with { Subject = "Another subject" }, default));
        Assert.Equal(draft.Subject, Assert.Single(_account.Tickets)["subject"]!.GetValue<string>());
    }

    [Fact]
    public async Task Trap_11_an_external_id_is_not_unique_and_the_oldest_ticket_is_the_one()
    {
        var draft = ATicket();
        var first = await Writer.CreateAsync(draft, default);
        var twin = _account.Tickets[0].DeepClone().AsObject();
        twin["id"] = 999L;
        _account.Tickets.Insert(0, twin);

        Assert.Equal(first, await Writer.CreateAsync(draft, default));
    }

    [Fact]
    public async Task Trap_11_tagging_adds_and_does_not_replace_what_others_tagged()
    {
        var ticket = (Written)await Writer.CreateAsync(ATicket(), default);
        _account.Tickets[0]["tags"]!.AsArray().Add("vip");

        Assert.IsType<Written>(await Writer.TagAsync(ticket.Id, ["Put Right", "second try"], default));

        var tags = _account.Tickets[0]["tags"]!.AsArray().Select(tag => tag!.GetValue<string>());
        Assert.Equal(["cxo", "nps", "owner_service", "vip", "put_right", "second_try"], tags);
    }

    [Fact]
    public async Task A_comment_that_somebody_elses_update_overtook_is_tried_again_and_stands_once()
    {
        var ticket = (Written)await Writer.CreateAsync(ATicket(), default);
        _account.BeforeUpdate = other =>
        {
            _account.BeforeUpdate = null;
            _account.Touch(other);
        };

        Assert.IsType<WriteRetry>(await Writer.CommentAsync(ticket.Id, "answer-1", "worse: 2", default));
        Assert.IsType<Written>(await Writer.CommentAsync(ticket.Id, "answer-1", "worse: 2", default));
        Assert.Single(_account.Audits[101]);
    }

    [Fact]
    public async Task A_comment_whose_answer_was_lost_stands_once()
    {
        var ticket = (Written)await Writer.CreateAsync(ATicket(), default);
        _account.Server.Fault = HttpFault.CutAfterBody.For(1).Where(request => request.Method == "PUT");

        Assert.IsType<WriteRetry>(await Writer.CommentAsync(ticket.Id, "answer-1", "worse: 2", default));
        Assert.IsType<Written>(await Writer.CommentAsync(ticket.Id, "answer-1", "worse: 2", default));
        Assert.Single(_account.Audits[101]);
        Assert.False(_account.Audits[101][0]["comment"]!["public"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_closed_ticket_refuses_a_comment_with_the_reason()
    {
        var ticket = (Written)await Writer.CreateAsync(ATicket(), default);
        _account.Tickets[0]["status"] = "closed";

        var refused = Assert.IsType<WriteRefused>(await Writer.CommentAsync(ticket.Id, "answer-1", "worse: 2", default));
        Assert.Equal("RecordInvalid", refused.Code);
    }

    [Fact]
    public async Task Somebody_without_an_address_is_one_user_however_many_tickets_they_have()
    {
        await Writer.CreateAsync(ATicket() with { PersonEmail = null }, default);
        await Writer.CreateAsync(ATicket() with { PersonEmail = null }, default);

        Assert.Equal("person-1", Assert.Single(_account.Users)["external_id"]!.GetValue<string>());
        Assert.Equal(2, _account.Tickets.Count);
    }

    [Fact]
    public async Task A_wait_that_Zendesk_asks_for_is_handed_on()
    {
        _account.Server.Fault = HttpFault.Status(429, TimeSpan.FromSeconds(93));

        Assert.Equal(TimeSpan.FromSeconds(93), Assert.IsType<WriteRetry>(await Writer.CreateAsync(ATicket(), default)).RetryAfter);
    }

    [Fact]
    public async Task Zendesks_anonymous_user_is_no_healthy_connection()
    {
        _account.Server.Fault = HttpFault.Status(200, body: """{"user":{"id":null,"role":"end-user"}}""");

        Assert.False((await ((IHealthProbe)_connector).ProbeAsync(default)).Healthy);
    }
}
