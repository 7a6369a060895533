using CxOrchestrator.Core;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.Settings;
using CxOrchestrator.Core.WriteBacks;
using CxOrchestrator.Engine.Running;
using CxOrchestrator.Engine.Tests.Worlds;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Tests.Dispatch;

public sealed class DispatchTests
{
    [Fact]
    public async Task An_accepted_message_is_told_as_an_event_where_a_journey_hears_it()
    {
        await using var world = await World.WithAsync(
            Words.Journey("j", "- send: hello\n- waitFor: { on: ping, upTo: 5d }", more: "goal: { on: delivery.accepted }"));
        var anna = await SentAsync(world);
        var told = await world.Get<IEventStore>().FindAsync(anna.Id, EventTypes.DeliveryAccepted, (await world.DeliveryAsync()).Id, null, CancellationToken.None);
        Assert.Contains("\"channel\":\"email\"", told!.Data.GetRawText(), StringComparison.Ordinal);
        Assert.NotNull((await world.OneAsync(anna)).GoalAt);
        Assert.Empty((await world.BooksAsync()).Faults());
    }

    [Fact]
    public async Task An_accepted_message_leaves_no_event_where_no_journey_hears_it_and_is_told_all_the_same()
    {
        await using var world = await World.WithAsync(Words.Journey("j", "- send: hello"));
        var anna = await SentAsync(world);
        Assert.Null(await world.Get<IEventStore>().FindAsync(anna.Id, EventTypes.DeliveryAccepted, (await world.DeliveryAsync()).Id, null, CancellationToken.None));
        Assert.Contains("hello", await world.TimelineAsync(anna), StringComparison.Ordinal);
        Assert.Contains("Accepted", await world.TimelineAsync(anna), StringComparison.OrdinalIgnoreCase);
        Assert.Empty((await world.BooksAsync()).Faults());
    }

    [Fact]
    public async Task A_version_that_hears_of_accepted_messages_is_heard_for_as_long_as_it_is_walked()
    {
        await using var world = await World.WithAsync(
            Words.Journey("j", "- send: hello\n  id: first\n- wait: 1h\n- send: hello\n  id: second\n- waitFor: { on: delivery.accepted, of: second, upTo: 5d }\n- send: hello\n  id: third"));
        await SentAsync(world);
        await world.PublishAsync(Words.Journey("j", "- send: hello"));
        await world.PassAsync(TimeSpan.FromHours(2));
        Assert.Equal(3, world.Fake.Emails.Count);
    }

    [Theory]
    [InlineData("service", "", Lane.Service)]
    [InlineData("marketing", "", Lane.Personal)]
    [InlineData("marketing", "\n  purpose: service", Lane.Service)]
    public async Task One_persons_service_message_waits_in_the_lane_of_service(string journey, string step, Lane lane)
    {
        await using var world = await World.WithAsync(Words.Journey("j", $"- send: hello{step}", purpose: journey));
        await SentAsync(world);
        Assert.Equal(lane, (await world.DeliveryAsync()).Lane);
    }

    [Fact]
    public async Task A_service_message_for_many_waits_in_the_lane_of_many()
    {
        await using var world = await World.WithAsync(Words.Journey("j", "- send: hello", """{ cron: "0 0 9 ? * MON", zone: Etc/UTC }""", "reentry: always", "service"));
        await world.CustomerAsync("anna");
        await world.RunAsync();
        await world.PassAsync(TimeSpan.FromDays(7));
        Assert.Equal(Lane.Bulk, (await world.DeliveryAsync()).Lane);
    }

    [Fact]
    public async Task An_accepted_message_is_owed_to_the_crm_once()
    {
        await using var world = await World.WithAsync(Words.Journey("j", "- send: hello"));
        var anna = await SentAsync(world);
        var delivery = await world.DeliveryAsync();
        Assert.Equal((DeliveryState.Accepted, $"id-{delivery.Key}", 1), (delivery.State, delivery.ProviderId, delivery.Attempts));
        var change = Assert.Single(world.Fake.Changes);
        Assert.Equal(($"message/{delivery.Key}", anna.Id.ToString("N")), (change.Key, change.PersonId));
        var email = Assert.Single(world.Fake.Emails);
        Assert.Equal(delivery.Key, email.Key);
        Assert.Equal("auto-generated", email.Headers["Auto-Submitted"]);
        Assert.False(email.Headers.ContainsKey("List-Unsubscribe"));
    }

    [Fact]
    public async Task Feedback_mail_can_be_unsubscribed_from_with_one_click()
    {
        await using var world = await World.WithAsync(Words.Journey("j", "- survey: nps\n  message: ask", purpose: "feedback"));
        await SentAsync(world);
        var headers = Assert.Single(world.Fake.Emails).Headers;
        Assert.StartsWith("<https://shop.example/u/", headers["List-Unsubscribe"], StringComparison.Ordinal);
        Assert.Equal("List-Unsubscribe=One-Click", headers["List-Unsubscribe-Post"]);
        Assert.Contains("https://shop.example/s/", world.Fake.Emails[0].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("service", ConsentState.Unknown, true)]
    [InlineData("service", ConsentState.Withdrawn, false)]
    [InlineData("feedback", ConsentState.Unknown, true)]
    [InlineData("feedback", ConsentState.Withdrawn, false)]
    [InlineData("marketing", ConsentState.Unknown, false)]
    [InlineData("marketing", ConsentState.Given, true)]
    [InlineData("marketing", ConsentState.Withdrawn, false)]
    public async Task Consent_decides(string purpose, ConsentState state, bool goes)
    {
        await using var world = await World.WithAsync(Words.Journey("j", "- send: hello", purpose: purpose));
        var anna = await world.CustomerAsync("anna");
        if (state != ConsentState.Unknown)
        {
            var record = new ConsentRecord(anna.Id, Channel.Email, Enum.Parse<Purpose>(purpose, ignoreCase: true), state, "customer", "page", world.Now);
            await world.Get<IConsentStore>().RecordAsync([record], CancellationToken.None);
        }

        await SentAsync(world);
        var delivery = await world.DeliveryAsync();
        Assert.Equal(goes ? DeliveryState.Accepted : DeliveryState.Suppressed, delivery.State);
        Assert.Equal(goes ? 1 : 0, world.Fake.Emails.Count);
        if (!goes)
            Assert.Contains("consent", delivery.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_channel_that_reaches_the_customer_is_taken()
    {
        await using var world = await World.WithAsync(Words.Journey("j", "- send: hello\n  via: [ email, sms ]"));
        await world.CustomerAsync("anna", email: null, phone: "+66812345678");
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();
        Assert.Empty(world.Fake.Emails);
        Assert.Equal(("+66812345678", "Hello Anna"), (world.Fake.Texts[0].To, world.Fake.Texts[0].Text));
        Assert.Equal(Channel.Sms, (await world.DeliveryAsync()).SentVia);
    }

    [Fact]
    public async Task A_customer_whom_no_channel_reaches_gets_nothing_and_all_the_reasons_stay()
    {
        await using var world = await World.WithAsync(Words.Journey("j", "- send: hello\n  via: [ email, sms ]"));
        world.Fake.OnSend = _ => SendResult.Rejected("5.1.1", "no such user", addressInvalid: true);
        var anna = await SentAsync(world);
        Assert.Equal(DeliveryState.Rejected, (await world.DeliveryAsync()).State);
        Assert.NotNull(await world.Get<IEventStore>().FindAsync(anna.Id, EventTypes.DeliveryFailed, null, null, CancellationToken.None));

        await using var second = await World.WithAsync(Words.Journey("j", "- send: hello\n  via: [ email, sms ]", more: "reentry: always"));
        second.Fake.OnSend = world.Fake.OnSend;
        await SentAsync(second);
        await second.TellAsync("anna", "order.delivered");
        await second.RunAsync();
        var suppressed = (await second.DeliveriesAsync())[1];
        Assert.Equal(DeliveryState.Suppressed, suppressed.State);
        Assert.Equal("e-mail: the address must not be used; SMS: no address", suppressed.Reason);
        Assert.Single(second.Fake.Emails);
    }

    [Fact]
    public async Task Without_a_connection_a_message_waits_for_the_admin_until_it_expires()
    {
        await using var world = await World.WithAsync(Words.Journey("j", "- send: hello"));
        world.Fake.Has.Remove(Capability.EmailSender);
        await SentAsync(world);
        Assert.Equal((DeliveryState.Deferred, "e-mail: no connection sends it"), ((await world.DeliveryAsync()).State, (await world.DeliveryAsync()).Reason));
        await world.PassAsync(TimeSpan.FromDays(14));
        var expired = await world.DeliveryAsync();
        Assert.Equal(DeliveryState.Expired, expired.State);
        Assert.Contains("no connection", expired.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("feedback", DeliveryState.Planned)]
    [InlineData("service", DeliveryState.Accepted)]
    public async Task Quiet_hours_are_those_of_the_customers_zone_and_not_for_service(string purpose, DeliveryState state)
    {
        // Noon in UTC is 21:00 in Tokyo.
        await using var world = await World.WithAsync(
            settings => settings with { Sending = new SendingSettings { QuietFrom = new TimeOnly(21, 0), QuietTo = new TimeOnly(8, 0) } },
            Words.Journey("j", "- send: hello", purpose: purpose));
        await world.CustomerAsync("anna", zone: "Asia/Tokyo");
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();
        var delivery = await world.DeliveryAsync();
        Assert.Equal(state, delivery.State);
        if (state == DeliveryState.Accepted)
            return;
        Assert.Contains("quiet hours", delivery.Reason, StringComparison.Ordinal);
        Assert.Equal((world.Now.AddHours(11), 0), (delivery.DueAt!.Value, delivery.Attempts));
        await world.PassAsync(TimeSpan.FromHours(11));
        Assert.Equal(DeliveryState.Accepted, (await world.DeliveryAsync()).State);
    }

    [Fact]
    public async Task A_message_that_cannot_be_written_is_never_tried_again_and_says_where()
    {
        await using var world = await World.WithAsync();
        world.File("messages/bad/en.subject", "x");
        world.File("messages/bad/en.txt", "{{ if event.data.total }}{{ 100 / event.data.total }}{{ end }} for you");
        await world.PublishAsync(Words.Journey("j", "- send: bad"));
        await world.CustomerAsync("anna");
        await world.TellAsync("anna", "order.delivered", """{ "total": "x" }""");
        await world.RunAsync();
        var delivery = await world.DeliveryAsync();
        Assert.Equal(DeliveryState.Suppressed, delivery.State);
        Assert.Matches("can't be written: messages/bad/en.txt:1:[0-9]+", delivery.Reason);
    }

    [Fact]
    public async Task A_deferred_message_is_tried_again_by_the_back_off_and_never_before_it_was_asked_for()
    {
        await using var world = await World.WithAsync(Words.Journey("j", "- send: hello"));
        world.Fake.OnSend = _ => SendResult.Deferred("busy");
        await SentAsync(world);
        foreach (var minutes in new[] { 1, 5, 15, 60, 60 })
        {
            var waiting = await world.DeliveryAsync();
            Assert.Equal((DeliveryState.Deferred, "busy"), (waiting.State, waiting.Reason));
            var pause = waiting.DueAt!.Value - world.Now;
            Assert.InRange(pause, TimeSpan.FromMinutes(minutes), TimeSpan.FromMinutes(minutes * 1.1));
            await world.PassAsync(pause);
        }

        Assert.Equal(6, (await world.DeliveryAsync()).Attempts);
        world.Fake.OnSend = _ => SendResult.Deferred("come tomorrow", TimeSpan.FromDays(1));
        await world.PassAsync(TimeSpan.FromHours(2));
        Assert.Equal(world.Now.AddDays(1), (await world.DeliveryAsync()).DueAt);
    }

    [Fact]
    public async Task A_call_that_was_never_made_is_no_attempt_and_nothing_spins()
    {
        await using var world = await World.WithAsync(Words.Journey("j", "- send: hello"));
        world.Fake.Guard = kind => kind == CallKindOfSend ? ("breaker open", TimeSpan.FromSeconds(30)) : null;
        await SentAsync(world);
        var waiting = await world.DeliveryAsync();
        Assert.Equal((DeliveryState.Deferred, 0, "breaker open"), (waiting.State, waiting.Attempts, waiting.Reason));

        // Customers' time runs ahead; in machine time the connection is still to be left alone.
        world.Fake.Guard = _ => null;
        world.CustomerClock.Advance(TimeSpan.FromHours(1));
        await world.RunAsync();
        Assert.Empty(world.Fake.Emails);
        world.CustomerClock.Advance(TimeSpan.FromHours(1));
        world.MachineClock.Advance(TimeSpan.FromSeconds(30));
        await world.RunAsync();
        Assert.Single(world.Fake.Emails);
    }

    [Theory]
    [InlineData(false, DeliveryState.Unknown, 1)]
    [InlineData(true, DeliveryState.Accepted, 2)]
    public async Task An_unknown_outcome_is_sent_again_only_where_the_service_honours_the_key(bool honours, DeliveryState state, int sent)
    {
        await using var world = await World.WithAsync(Words.Journey("j", "- send: hello"));
        world.Fake.HonoursKey = honours;
        world.Fake.OnSend = _ => world.Fake.Emails.Count == 1 ? throw new InvalidOperationException("connection lost") : SendResult.Accepted();
        await SentAsync(world);
        await world.PassAsync(TimeSpan.FromDays(1));
        Assert.Equal(state, (await world.DeliveryAsync()).State);
        Assert.Equal(sent, world.Fake.Emails.Count);
        Assert.Single(world.Fake.Emails.Select(email => email.Key).Distinct());
    }

    [Fact]
    public async Task Everything_waits_while_the_server_is_down_and_all_of_it_goes_when_it_is_back()
    {
        await using var world = await World.WithAsync(Words.Journey("j", "- send: hello", more: "reentry: always"));
        world.Fake.OnSend = _ => SendResult.Deferred("connection refused");
        await world.CustomerAsync("anna");
        for (var number = 0; number < 100; number++)
            await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();
        // One group finds the server dead; the rest of the batch isn't tried.
        Assert.Equal(world.Settings.Sending.Concurrency, world.Fake.Calls);
        Assert.Equal(100, (await world.BooksAsync()).Deliveries[DeliveryState.Deferred]);

        // Customers' time runs on by days while the machine's stands: nothing hammers the dead server.
        for (var day = 0; day < 10; day++)
        {
            world.CustomerClock.Advance(TimeSpan.FromDays(1));
            await world.RunAsync();
        }

        Assert.Equal(world.Settings.Sending.Concurrency, world.Fake.Calls);

        world.Fake.OnSend = _ => SendResult.Accepted();
        await world.PassAsync(TimeSpan.FromHours(2));
        Assert.Equal(100, (await world.BooksAsync()).Deliveries[DeliveryState.Accepted]);
        Assert.Equal(100, world.Fake.Changes.Count);
        Assert.Equal(100, world.Fake.Changes.Select(change => change.Key).Distinct().Count());
        Assert.Equal(100, (await world.BooksAsync()).WriteBacks[WriteBackState.Written]);
    }

    [Fact]
    public async Task A_connector_that_asks_for_an_absurd_pause_or_says_too_much_does_no_harm()
    {
        await using var world = await World.WithAsync(settings => settings with { Sending = settings.Sending with { ExpiresAfter = null } }, Words.Journey("j", "- send: hello"));
        world.Fake.OnSend = _ => SendResult.Deferred(new string('x', 100_000), TimeSpan.MaxValue);
        await SentAsync(world);
        var waiting = await world.DeliveryAsync();
        Assert.Equal((DeliveryState.Deferred, world.Now.AddDays(7), 503), (waiting.State, waiting.DueAt!.Value, waiting.Reason.Length));
        world.Fake.OnSend = _ => null!;
        await world.PassAsync(TimeSpan.FromDays(7));
        Assert.Equal((DeliveryState.Unknown, "the connector gave no result"), ((await world.DeliveryAsync()).State, (await world.DeliveryAsync()).Reason));
    }

    [Fact]
    public async Task A_row_that_meets_a_bug_holds_up_no_other()
    {
        await using var world = await World.WithAsync(Words.Journey("j", "- send: hello", more: "reentry: always"));
        await world.CustomerAsync("anna");
        await world.TellAsync("anna", "order.delivered");
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync(Work.Events);
        await world.RunAsync(Work.Enrolments);
        var asked = 0;
        world.Fake.OnAccepts = () => ++asked == 1 ? throw new NotSupportedException("a bug") : true;
        await world.RunAsync(Work.Deliveries);
        var deliveries = await world.DeliveriesAsync();
        Assert.Equal((DeliveryState.Deferred, "could not be decided on: a bug"), (deliveries[0].State, deliveries[0].Reason));
        Assert.Equal(DeliveryState.Accepted, deliveries[1].State);
        await world.PassAsync(TimeSpan.FromHours(1));
        Assert.Equal(2, (await world.BooksAsync()).Deliveries[DeliveryState.Accepted]);
    }

    [Fact]
    public async Task Stopping_hands_back_what_was_not_handed_over()
    {
        await using var world = await World.WithAsync(Words.Journey("j", "- send: hello", more: "reentry: always"));
        await world.CustomerAsync("anna");
        for (var number = 0; number < 30; number++)
            await world.TellAsync("anna", "order.delivered");
        await world.RunAsync(Work.Events);
        await world.RunAsync(Work.Enrolments);
        using var stop = new CancellationTokenSource();
        world.Fake.OnSend = _ =>
        {
            stop.Cancel();
            return SendResult.Accepted();
        };
        await world.Pump.RunAsync(Work.Deliveries, stop.Token);
        var books = await world.BooksAsync();
        Assert.Equal((8L, 22L), (books.Deliveries[DeliveryState.Accepted], books.Deliveries[DeliveryState.Planned]));
    }

    private const Core.Connections.CallKind CallKindOfSend = Core.Connections.CallKind.Send;

    private static async Task<Customer> SentAsync(World world)
    {
        var anna = await world.CustomerAsync("anna");
        await world.TellAsync("anna", "order.delivered");
        await world.RunAsync();
        return anna;
    }
}
