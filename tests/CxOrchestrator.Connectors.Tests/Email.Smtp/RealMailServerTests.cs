using CxOrchestrator.MailServers;
using CxOrchestrator.Plugins.EmailSmtp;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Testing;
using static CxOrchestrator.Sdk.Testing.Builders.Some;

namespace CxOrchestrator.Connectors.Tests.Email.Smtp;

/// <summary>Through a real Postfix into a real Dovecot mailbox, read back by Python's mail parser over IMAP.</summary>
public sealed class RealMailServerTests(SharedMailRig shared) : IClassFixture<SharedMailRig>
{
    public static TheoryData<string, string> Names => new()
    {
        { "สมชาย ใจดี", "การจัดส่งเป็นอย่างไรบ้าง สั่งซื้อหมายเลข ๑๒๓๔ ขอบคุณที่ไว้วางใจร้านของเรา" },
        { "رضا رضایی", "تحویل سفارش شما چگونه بود؟ لطفاً با یک کلیک به ما امتیاز دهید" },
        { "王小明", "您的包裹送达得怎么样？请您花几秒钟给我们打分，谢谢您的支持与信任" },
        { "João Conceição", "Como foi a entrega? Responda num só toque, à sua maneira: não demora" },
    };

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public async Task A_message_arrives_whole_in_the_customers_language(string name, string subject)
    {
        var (rig, before) = await shared.GetAsync();
        await using var connector = Connect(rig, settings => settings.EnvelopeSender = "bounce+{key}@example.test");
        const string Link = "https://cx.example.test/s/eyJhbGciOiJIUzI1NiJ9.abc-_~?x=1&y=2";
        var message = AnEmail().Key("delivery-1").To("anna+order1@example.test", name).From("care@example.test", name).Subject(subject)
            .Text($"{name},\n\n{subject}\n{Link}\n.\n").Html($"<p dir=\"auto\">{subject}</p>\n<a href=\"{Link}\">{name}</a>\n{new string('x', 2000)}\n")
            .Header("List-Unsubscribe", $"<{Link}&unsubscribe={new string('u', 300)}>").Header("Auto-Submitted", "auto-generated").Build();

        Assert.IsType<SendAccepted>(await connector.SendAsync(message, default));
        var read = Assert.Single(await rig.ReadAsync(before));

        Assert.Empty(read.Defects);
        Assert.Equal((subject, "<delivery-1@example.test>"), (read.Subject, read.MessageId));
        Assert.Equal((new ReadAddress("care@example.test", name), new ReadAddress("anna+order1@example.test", name)), (read.From, read.To));
        Assert.Equal(message.Text, read.Text!.ReplaceLineEndings("\n"));
        Assert.Equal(message.Html, read.Html!.ReplaceLineEndings("\n"));
        Assert.Equal("bounce+delivery-1@example.test", read.ReturnPath);
        Assert.Equal(message.Headers["List-Unsubscribe"], Assert.Single(read.Headers["list-unsubscribe"]));
    }

    [SkippableFact]
    public async Task Postfix_refusals_are_told_apart()
    {
        var (rig, before) = await shared.GetAsync();
        await using var connector = Connect(rig);

        var gone = Assert.IsType<SendRejected>(await connector.SendAsync(AnEmail().To("gone@example.test").Build(), default));
        var full = Assert.IsType<SendRejected>(await connector.SendAsync(AnEmail().To("full@example.test").Build(), default));
        var elsewhere = Assert.IsType<SendRejected>(await connector.SendAsync(AnEmail().To("anna@elsewhere.test").Build(), default));
        Assert.IsType<SendDeferred>(await connector.SendAsync(AnEmail().To("later@example.test").Build(), default));
        Assert.IsType<SendAccepted>(await connector.SendAsync(AnEmail().To("anna@example.test").Build(), default));

        Assert.Equal([("5.1.1", true), ("5.2.2", false)], [(gone.Code, gone.AddressInvalid), (full.Code, full.AddressInvalid)]);
        Assert.StartsWith("5.", elsewhere.Code, StringComparison.Ordinal);
        Assert.Equal("anna@example.test", Assert.Single(await rig.ReadAsync(before)).DeliveredTo);
    }

    [SkippableTheory]
    [InlineData(SmtpSecurity.StartTls, SmtpAuth.Plain)]
    [InlineData(SmtpSecurity.StartTls, SmtpAuth.Login)]
    [InlineData(SmtpSecurity.ImplicitTls, SmtpAuth.Auto)]
    public async Task Submission_over_TLS_with_a_password_works_and_without_one_does_not(SmtpSecurity security, SmtpAuth auth)
    {
        var (rig, before) = await shared.GetAsync();
        void Secure(SmtpSettings settings, string password)
        {
            settings.Security = security;
            settings.Port = security == SmtpSecurity.ImplicitTls ? rig.Postfix.ImplicitTlsPort : rig.Postfix.SubmissionPort;
            settings.TrustedCertificate = rig.CertificateFile;
            settings.Auth = auth;
            settings.UserName = MailRig.UserName;
            settings.Password = new Secret(password);
        }

        await using var right = Connect(rig, settings => Secure(settings, MailRig.Password));
        await using var wrong = Connect(rig, settings => Secure(settings, "wrong"));
        await using var untrusting = Connect(rig, settings =>
        {
            Secure(settings, MailRig.Password);
            settings.TrustedCertificate = null;
        });

        Assert.IsType<SendAccepted>(await right.SendAsync(AnEmail().To("anna@example.test").Build(), default));
        Assert.True((await right.ProbeAsync(default)).Healthy);
        Assert.Contains("535", Assert.IsType<SendDeferred>(await wrong.SendAsync(AnEmail().To("anna@example.test").Build(), default)).Text, StringComparison.Ordinal);
        Assert.False((await wrong.ProbeAsync(default)).Healthy);
        Assert.Contains("not trusted", Assert.IsType<SendDeferred>(await untrusting.SendAsync(AnEmail().To("anna@example.test").Build(), default)).Text, StringComparison.Ordinal);
        Assert.Single(await rig.ReadAsync(before));
    }

    [SkippableFact]
    public async Task An_outage_defers_everything_and_afterwards_everything_goes_out_once()
    {
        var (rig, before) = await shared.GetAsync();
        await using var connector = Connect(rig);
        var messages = Enumerable.Range(0, 40).Select(i => AnEmail().Key($"outage-{i}").To($"anna+{i}@example.test").Build()).ToList();
        Assert.IsType<SendAccepted>(await connector.SendAsync(messages[0], default));

        await rig.Postfix.StopAsync();
        Assert.All(await SendAllAsync(connector, messages.Skip(1)), result => Assert.IsType<SendDeferred>(result));
        Assert.False((await connector.ProbeAsync(default)).Healthy);

        await rig.Postfix.StartAsync();
        Assert.All(await SendAllAsync(connector, messages.Skip(1)), result => Assert.IsType<SendAccepted>(result));
        Assert.Equal(
            messages.Select(message => $"<{message.Key}@example.test>").Order(StringComparer.Ordinal),
            (await rig.ReadAsync(before)).Select(read => read.MessageId).Order(StringComparer.Ordinal));
    }

    [SkippableFact]
    public async Task Thousands_of_messages_arrive_once_each_over_a_few_connections()
    {
        var (rig, before) = await shared.GetAsync();
        await using var connector = Connect(rig, settings => settings.MessagesPerConnection = 1000);
        var connections = Connections(rig);
        var messages = Enumerable.Range(0, 2500)
            .Select(i => AnEmail().Key($"bulk-{i}").To($"anna+{i}@example.test").Subject($"ครั้งที่ {i}").Html("<p>สวัสดี</p>").Build()).ToList();

        Assert.All(await SendAllAsync(connector, messages), result => Assert.IsType<SendAccepted>(result));

        var read = await rig.ReadAsync(before);
        Assert.Equal(2500, read.Count);
        Assert.Equal(2500, read.Select(message => message.MessageId).Distinct().Count());
        Assert.All(read, message => Assert.Empty(message.Defects));
        Assert.Empty(await rig.ReadAsync(read[^1].Uid));
        Assert.InRange(Connections(rig) - connections, 1, 4);
    }

    private static int Connections(MailRig rig) => rig.Postfix.Log.Split(": connect from").Length - 1;

    private static async Task<SendResult[]> SendAllAsync(SmtpConnector connector, IEnumerable<EmailMessage> messages) =>
        await Task.WhenAll(messages.Select(message => connector.SendAsync(message, default)));

    private static SmtpConnector Connect(MailRig rig, Action<SmtpSettings>? change = null)
    {
        var settings = new SmtpSettings
        {
            Host = "localhost",
            Port = rig.Postfix.Port,
            Security = SmtpSecurity.None,
            FromAddress = "care@example.test",
        };
        change?.Invoke(settings);
        return new SmtpConnector(new ConnectionContext("mail", "/nowhere", TimeProvider.System, new RecordingLog()), settings, TimeProvider.System);
    }
}

/// <summary>One rig for all tests of a class, started by the first that needs it.</summary>
public sealed class SharedMailRig : IAsyncLifetime
{
    private MailRig? _rig;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_rig is not null)
        {
            await _rig.DisposeAsync();
        }
    }

    /// <summary>The rig, and the last message that lies in its mailbox.</summary>
    public async Task<(MailRig Rig, long LastUid)> GetAsync()
    {
        MailRig.Require();
        _rig ??= await MailRig.StartAsync();
        var read = await _rig.ReadAsync();
        return (_rig, read.Count == 0 ? 0 : read[^1].Uid);
    }
}
