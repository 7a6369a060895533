using System.Text;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Testing;
using CxOrchestrator.Sdk.Testing.Http;
using static CxOrchestrator.Sdk.Testing.Builders.Some;

namespace CxOrchestrator.Connectors.Tests.Helpdesk.Zammad;

/// <summary>Where Zammad is not what one expects.</summary>
public sealed class ZammadTrapTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cxo-zammad-");
    private ZammadInstallation _installation = null!;
    private IConnector _connector = null!;

    private ITicketWriter Writer => (ITicketWriter)_connector;

    public async Task InitializeAsync()
    {
        _installation = await ZammadInstallation.StartAsync();
        _connector = Another();
    }

    public async Task DisposeAsync()
    {
        await _connector.DisposeAsync();
        await _installation.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Trap_12_an_article_of_type_email_would_be_sent_so_ours_are_internal_notes()
    {
        var ticket = (Written)await Writer.CreateAsync(ATicket(), default);
        await Writer.CommentAsync(ticket.Id, "answer-1", "worse: 2", default);

        Assert.Equal(2, _installation.Articles.Count);
        Assert.All(_installation.Articles, article => Assert.Equal(("note", true), (article["type"]!.GetValue<string>(), article["internal"]!.GetValue<bool>())));
    }

    [Fact]
    public async Task Trap_12_a_webhook_without_a_signature_is_refused_even_where_Zammad_has_no_token()
    {
        var unsigned = ZammadInstallation.Webhook("""{"ticket":{"id":7,"updated_at":"2026-03-02T12:00:00Z"}}""") with { Headers = [] };

        Assert.Equal(WebhookResult.Refused, await ((IWebhookReceiver)_connector).ReceiveAsync(unsigned, default));
    }

    [Fact]
    public async Task A_ticket_whose_answer_was_lost_is_made_once_even_while_the_search_lags()
    {
        var draft = ATicket();
        _installation.Lags = true;
        _installation.Server.Fault = HttpFault.CutAfterBody.For(1).Where(request => request.Method == "POST");
        var first = Assert.IsType<WriteRetry>(await Writer.CreateAsync(draft, default));
        Assert.True(first.RetryAfter >= TimeSpan.FromSeconds(30));

        var lagging = Assert.IsType<WriteRetry>(await Writer.CreateAsync(draft, default));
        Assert.Contains("search", lagging.Text, StringComparison.Ordinal);
        _installation.NotIndexed.Clear();

        Assert.Equal(WriteResult.Written("41"), await Writer.CreateAsync(draft, default));
        Assert.Single(_installation.Tickets);
    }

    [Fact]
    public async Task A_ticket_made_before_a_restart_is_found_and_not_made_again()
    {
        var draft = ATicket();
        var first = await Writer.CreateAsync(draft, default);

        await using var restarted = Another();
        Assert.Equal(first, await ((ITicketWriter)restarted).CreateAsync(draft, default));
        Assert.Single(_installation.Tickets);
    }

    [Fact]
    public async Task A_note_whose_answer_was_lost_stands_once()
    {
        var ticket = (Written)await Writer.CreateAsync(ATicket(), default);
        _installation.Server.Fault = HttpFault.CutAfterBody.For(1).Where(request => request.Path.EndsWith("ticket_articles", StringComparison.Ordinal));

        Assert.IsType<WriteRetry>(await Writer.CommentAsync(ticket.Id, "answer-1", "worse: 2", default));
        Assert.IsType<Written>(await Writer.CommentAsync(ticket.Id, "answer-1", "worse: 2", default));
        Assert.Single(_installation.NotesOf(41));
    }

    [Fact]
    public async Task Tags_are_added_to_those_that_are_there()
    {
        var ticket = (Written)await Writer.CreateAsync(ATicket(), default);

        Assert.IsType<Written>(await Writer.TagAsync(ticket.Id, ["put right", "a,b"], default));
        Assert.EndsWith(",nps,put right,a b", _installation.Tickets[0]["tags"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_without_an_address_gets_a_ticket_in_our_own_name()
    {
        Assert.IsType<Written>(await Writer.CreateAsync(ATicket() with { PersonEmail = null }, default));

        Assert.Equal("3", _installation.Tickets[0]["customer"]!.GetValue<string>());
        Assert.Contains("person-1", _installation.Articles[0]["body"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_that_came_into_the_search_late_is_told_all_the_same_and_nothing_twice()
    {
        var reader = (ITicketReader)_connector;
        await Writer.CreateAsync(ATicket("early"), default);
        _installation.Lags = true;
        await Writer.CreateAsync(ATicket("late"), default);
        _installation.Lags = false;
        await Writer.CreateAsync(ATicket("on time"), default);
        var first = await reader.ChangedSinceAsync(null, default);
        Assert.Equal(["early", "on time"], first.Items.Select(ticket => ticket.Subject));

        _installation.NotIndexed.Clear();

        var second = await reader.ChangedSinceAsync(first.NextCursor, default);
        Assert.Equal(["late"], second.Items.Select(ticket => ticket.Subject));
        Assert.Empty((await reader.ChangedSinceAsync(second.NextCursor, default)).Items);
    }

    [Theory]
    [InlineData("""{"ticket":{"id":7,"state":"closed","updated_at":"2026-03-02T12:00:00Z"},"article":{}}""", "closed")]
    [InlineData("""{"ticket":{"id":7,"state":{"name":"closed"},"updated_at":"2026-03-02T12:00:00Z","new":1}}""", "closed")]
    [InlineData("""{"ticket":{"id":7,"updated_at":"2026-03-02T12:00:00Z"}}""", null)]
    public async Task A_webhook_tells_which_ticket_changed(string body, string? state)
    {
        var result = await ((IWebhookReceiver)_connector).ReceiveAsync(ZammadInstallation.Webhook(body), default);
        var again = await ((IWebhookReceiver)_connector).ReceiveAsync(ZammadInstallation.Webhook(body), default);

        var fact = Assert.Single(result.Events);
        Assert.Equal((ServiceFacts.TicketChanged, again.Events[0].Id), (fact.Type, fact.Id));
        Assert.Equal(("7", state), (fact.Data.GetProperty("ticket").GetString(), fact.Data.GetProperty("state").GetString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("{\"ticket\":[]}")]
    [InlineData("{\"ticket\":{\"id\":{},\"updated_at\":1}}")]
    public async Task A_signed_body_that_says_nothing_is_taken_and_tells_nothing(string body)
    {
        var result = await ((IWebhookReceiver)_connector).ReceiveAsync(ZammadInstallation.Webhook(body), default);

        Assert.Equal((true, 0), (result.Verified, result.Events.Count));
    }

    [Fact]
    public async Task What_is_not_signed_as_it_came_is_refused()
    {
        var request = ZammadInstallation.Webhook("""{"ticket":{"id":7}}""");
        var receiver = (IWebhookReceiver)_connector;

        Assert.False((await receiver.ReceiveAsync(request with { Body = Encoding.UTF8.GetBytes("""{"ticket":{"id":8}}""") }, default)).Verified);
        Assert.False((await receiver.ReceiveAsync(ZammadInstallation.Webhook("""{"ticket":{"id":7}}""", "guessed"), default)).Verified);
        Assert.False((await receiver.ReceiveAsync(request with { Headers = [new("X-Hub-Signature", request.Header("X-Hub-Signature")!["sha1=".Length..])] }, default)).Verified);
    }

    private IConnector Another() => ZammadInstallation.Connect(
        new ConnectionContext("desk", _folder.FullName, TimeProvider.System, new RecordingLog()), _installation.Server.Url);
}
