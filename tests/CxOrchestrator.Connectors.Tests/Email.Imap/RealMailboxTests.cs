using CxOrchestrator.MailServers;
using CxOrchestrator.Plugins.EmailImap;
using CxOrchestrator.Plugins.EmailImap.Reading;
using CxOrchestrator.Plugins.EmailImap.Wire;
using CxOrchestrator.Plugins.EmailSmtp;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Mail;
using CxOrchestrator.Sdk.Testing;
using CxOrchestrator.Sdk.Testing.Smtp;
using static CxOrchestrator.Sdk.Testing.Builders.Some;

namespace CxOrchestrator.Connectors.Tests.Email.Imap;

/// <summary>
/// Letters of our own through a real Postfix to a server that refuses them; the reports that Postfix then writes come into a real Dovecot mailbox,
/// and are read from there.
/// </summary>
public sealed class RealMailboxTests(SharedBounceRig shared) : IClassFixture<SharedBounceRig>
{
    private const string Key = "0195a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b";
    private static readonly Secret Seal = new("a long secret");

    [SkippableFact]
    public async Task A_bounce_that_Postfix_wrote_tells_the_delivery_by_the_sealed_address_that_it_came_to()
    {
        var (rig, refusing, start) = await shared.GetAsync();
        refusing.Reply(SmtpStage.Rcpt, "550 5.1.1 User unknown", times: 1);

        await SendAsync(rig, Key, "gone+x=y@far.test", "bounce+{token}@example.test");
        var fact = Assert.Single((await PollAsync(rig, start, settings => settings.BounceAddress = "bounce+{token}@example.test")).Items);

        Assert.Equal((ServiceFacts.MessageFailed, Key, "gone+x=y@far.test"), (fact.Type, fact.DeliveryKey, fact.Address));
        Assert.Equal("5.1.1", fact.Data.GetProperty("code").GetString());
        Assert.True(fact.Data.GetProperty("addressInvalid").GetBoolean());
        Assert.Contains("User unknown", fact.Data.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.True((TimeProvider.System.GetUtcNow() - fact.Time).Duration() < TimeSpan.FromMinutes(10));
    }

    [SkippableFact]
    public async Task A_bounce_that_Postfix_wrote_carries_the_ENVID_and_the_recipient_that_we_sent()
    {
        var (rig, refusing, start) = await shared.GetAsync();
        refusing.Reply(SmtpStage.Rcpt, "550 5.1.1 User unknown", times: 1);

        await SendAsync(rig, "by-envid", "gone+x=y@far.test", "bounces@example.test");
        var report = DeliveryReport.In(MailReader.Read(await LastAsync(rig)))!;

        Assert.Equal(("cxo-by-envid", "by-envid"), (report.EnvelopeId, report.Original![LetterHeaders.Delivery]));
        Assert.Equal((DeliveryAction.Failed, "gone+x=y@far.test", "5.1.1"), (report.Recipients[0].Action, report.Recipients[0].Address, report.Recipients[0].Code));
        Assert.Equal("by-envid", Assert.Single((await PollAsync(rig, start)).Items).DeliveryKey);
    }

    [SkippableTheory]
    [InlineData("550 5.7.1 Message looks like spam", "5.7.1")]
    [InlineData("552 5.2.2 Mailbox full", "5.2.2")]
    public async Task Trap_16_a_real_report_of_a_policy_or_a_full_mailbox_leaves_the_address_good(string reply, string code)
    {
        var (rig, refusing, start) = await shared.GetAsync();
        refusing.Reply(SmtpStage.Rcpt, reply, times: 1);

        await SendAsync(rig, "still-good", "anna@far.test", "bounces@example.test");
        var fact = Assert.Single((await PollAsync(rig, start)).Items);

        Assert.Equal((ServiceFacts.MessageFailed, code, false), (fact.Type, fact.Data.GetProperty("code").GetString(), fact.Data.GetProperty("addressInvalid").GetBoolean()));
    }

    [SkippableFact]
    public async Task Trap_16_a_real_report_of_a_delay_is_no_bounce()
    {
        var (rig, refusing, start) = await shared.GetAsync();
        refusing.Reply(SmtpStage.Rcpt, "450 4.2.0 Greylisted", times: 6);

        await SendAsync(rig, "late", "anna@far.test", "bounces@example.test");
        var fact = Assert.Single((await PollAsync(rig, start)).Items);

        Assert.Equal((ServiceFacts.MessageDelayed, "late", "4.2.0"), (fact.Type, fact.DeliveryKey, fact.Data.GetProperty("code").GetString()));
        Assert.Contains(refusing.Accepted, mail => mail.To.Single() == "anna@far.test");
    }

    [SkippableFact]
    public async Task Our_own_letters_in_the_mailbox_tell_nothing()
    {
        var (rig, _, start) = await shared.GetAsync();
        await SendAsync(rig, "to-ourselves", "care@example.test", "bounces@example.test");

        var page = await PollAsync(rig, start);
        Assert.Empty(page.Items);
        Assert.NotNull(page.NextCursor);
        Assert.Equal((0, null), ((await PollAsync(rig, page.NextCursor)).Items.Count, (await PollAsync(rig, page.NextCursor)).NextCursor));
    }

    [SkippableFact]
    public async Task A_mailbox_that_Dovecot_numbers_anew_tells_the_same_facts_by_the_same_ids()
    {
        var (rig, refusing, start) = await shared.GetAsync();
        refusing.Reply(SmtpStage.Rcpt, "550 5.1.1 User unknown", times: 2);
        await SendAsync(rig, "renumbered-1", "gone@far.test", "bounces@example.test");
        await SendAsync(rig, "renumbered-2", "gone@far.test", "bounces@example.test");
        var before = await PollAsync(rig, start);

        await rig.Dovecot.RenumberAsync();
        var after = await PollAsync(rig, before.NextCursor);

        Assert.Equal(2, before.Items.Count);
        Assert.Subset(after.Items.Select(fact => fact.Id).ToHashSet(), before.Items.Select(fact => fact.Id).ToHashSet());
        Assert.Null((await PollAsync(rig, after.NextCursor)).NextCursor);
    }

    [SkippableFact]
    public async Task What_told_something_is_marked_or_moved_in_a_real_mailbox_once_its_cursor_comes_back()
    {
        var (rig, refusing, start) = await shared.GetAsync();
        refusing.Reply(SmtpStage.Rcpt, "550 5.1.1 User unknown", times: 1);
        await SendAsync(rig, "put-away", "gone@far.test", "bounces@example.test");
        await WithSessionAsync(rig, session => session.DemandAsync("make a mailbox", "CREATE " + ImapText.Mailbox("Ernte & ตอบ"), default));
        void Marks(ImapSettings settings) => settings.AfterReading = AfterReading.MarkSeen;
        void Moves(ImapSettings settings) => (settings.AfterReading, settings.MoveTo) = (AfterReading.Move, "Ernte & ตอบ");

        var page = await PollAsync(rig, start, Marks);
        Assert.Empty(await SearchAsync(rig, "INBOX", "SEEN"));
        await PollAsync(rig, page.NextCursor, Marks);
        Assert.Single(await SearchAsync(rig, "INBOX", "SEEN"));

        await PollAsync(rig, page.NextCursor, Moves);
        await PollAsync(rig, page.NextCursor, Moves);
        Assert.Empty(await SearchAsync(rig, "INBOX", "SEEN"));
        Assert.Single(await SearchAsync(rig, "Ernte & ตอบ", "ALL"));
        Assert.True((await Mailbox(rig, Moves).ProbeAsync(default)).Healthy);
    }

    private static async Task SendAsync(MailRig rig, string key, string to, string envelopeSender)
    {
        var settings = new SmtpSettings
        {
            Host = "localhost", Port = rig.Postfix.Port, Security = SmtpSecurity.None, FromAddress = "care@example.test", EnvelopeSender = envelopeSender, BounceKey = Seal,
        };
        await using var connector = new SmtpConnector(new ConnectionContext("mail", "/nowhere", TimeProvider.System, new RecordingLog()), settings, TimeProvider.System);
        Assert.IsType<SendAccepted>(await connector.SendAsync(AnEmail().Key(key).To(to).Build(), default));
        await rig.Postfix.WaitUntilDeliveredAsync();
    }

    private static Task<Page<ConnectorEvent>> PollAsync(MailRig rig, string? cursor, Action<ImapSettings>? change = null) => Mailbox(rig, change).PollAsync(cursor, default);

    private static ImapConnector Mailbox(MailRig rig, Action<ImapSettings>? change = null)
    {
        var settings = SharedBounceRig.Settings(rig);
        settings.BounceKey = Seal;
        change?.Invoke(settings);
        return new ImapConnector(new ConnectionContext("mailbox", "/nowhere", TimeProvider.System, new RecordingLog()), settings, TimeProvider.System);
    }

    private static async Task<byte[]> LastAsync(MailRig rig)
    {
        byte[] last = [];
        await WithSessionAsync(rig, async session =>
        {
            await MailboxState.OpenAsync(session, "INBOX", readOnly: true, default);
            await session.DemandAsync("fetch", "UID FETCH * (UID BODY.PEEK[])", default, response => last = FetchedMail.Of(response)?.Content.ToArray() ?? last);
        });
        return last;
    }

    private static async Task<List<string>> SearchAsync(MailRig rig, string mailbox, string what)
    {
        var found = new List<string>();
        await WithSessionAsync(rig, async session =>
        {
            await MailboxState.OpenAsync(session, mailbox, readOnly: true, default);
            await session.DemandAsync("search", "UID SEARCH " + what, default, response => found.AddRange(response.Kind == "SEARCH" ? response.Values.Select(value => value.Text) : []));
        });
        return found;
    }

    private static async Task WithSessionAsync(MailRig rig, Func<ImapSession, Task> use)
    {
        await using var session = await new ImapOpener(SharedBounceRig.Settings(rig), null, TimeProvider.System).OpenAsync(default);
        await use(session);
        await session.LogoutAsync();
    }
}

/// <summary>One rig for all tests of a class, with a server behind it that refuses what a test says; started by the first that needs it.</summary>
public sealed class SharedBounceRig : IAsyncLifetime
{
    private readonly ScriptedSmtpServer _refusing = Start();
    private MailRig? _rig;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_rig is not null)
        {
            await _rig.DisposeAsync();
        }

        await _refusing.DisposeAsync();
    }

    private static ScriptedSmtpServer Start() => new();

    internal static ImapSettings Settings(MailRig rig) => new()
    {
        Host = "localhost", Port = rig.Dovecot.Port, Security = ImapSecurity.None, UserName = MailRig.UserName, Password = new Secret(MailRig.Password), MessageIdDomain = "example.test",
    };

    /// <summary>The rig, the server that it hands on to, and a cursor behind all that lies in the mailbox.</summary>
    internal async Task<(MailRig Rig, ScriptedSmtpServer Refusing, string? Start)> GetAsync()
    {
        MailRig.Require();
        _rig ??= await MailRig.StartAsync(_refusing.Port);
        var connector = new ImapConnector(new ConnectionContext("mailbox", "/nowhere", TimeProvider.System, new RecordingLog()), Settings(_rig), TimeProvider.System);
        string? cursor = null;
        while (await connector.PollAsync(cursor, default) is { NextCursor: { } next })
        {
            cursor = next;
        }

        return (_rig, _refusing, cursor);
    }
}
