using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Mail;
using CxOrchestrator.Sdk.Testing.Smtp;
using CxOrchestrator.TestKit;
using static CxOrchestrator.Sdk.Testing.Builders.Some;

namespace CxOrchestrator.Connectors.Tests.Email.Smtp;

/// <summary>Each extension is used where it is offered, and nowhere else: the server refuses what it did not offer, as real ones do.</summary>
public sealed class ExtensionTests
{
    public static TheoryData<bool, bool, bool, bool, bool> Every()
    {
        var data = new TheoryData<bool, bool, bool, bool, bool>();
        for (var bits = 0; bits < 32; bits++)
        {
            data.Add((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0, (bits & 16) != 0);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Whatever_a_server_offers_the_message_arrives_whole(bool pipelining, bool eightBit, bool utf8, bool dsn, bool size)
    {
        await using var rig = new SmtpRig(new SmtpServerOptions
        {
            Pipelining = pipelining, EightBitMime = eightBit, SmtpUtf8 = utf8, Dsn = dsn, Size = size ? 1_000_000 : null,
        });
        var message = AnEmail().Subject("การจัดส่ง").Text("สวัสดี\n").Build();

        Assert.IsType<SendAccepted>(await rig.SendAsync(message));
        Assert.IsType<SendAccepted>(await rig.SendAsync(message));

        var mail = rig.Server.Mails[0];
        Assert.Equal("สวัสดี\r\n", ReadMail.Of(mail.Data).Body);
        Assert.Equal(
            (eightBit, dsn, size),
            (mail.MailParameters.Contains("BODY=8BITMIME", StringComparison.Ordinal), mail.MailParameters.Contains("ENVID=", StringComparison.Ordinal), mail.MailParameters.Contains("SIZE=", StringComparison.Ordinal)));
        Assert.Equal(pipelining, rig.Server.Commands.Any(command => command.Line.StartsWith("MAIL", StringComparison.Ordinal) && command.HadMoreBehind));
    }

    [Fact]
    public async Task Reports_are_asked_for_with_the_delivery_and_the_recipient_in_them()
    {
        await using var rig = new SmtpRig(new SmtpServerOptions { Dsn = true });
        await rig.SendAsync(AnEmail().Key("delivery-7").To("anna+shop=a@example.com").Build());

        Assert.Contains(rig.Server.Commands, command => command.Line.StartsWith("MAIL FROM:<care@shop.example>", StringComparison.Ordinal)
            && command.Line.EndsWith(" RET=HDRS ENVID=cxo-delivery-7", StringComparison.Ordinal));
        Assert.Contains(rig.Server.Commands, command =>
            command.Line == "RCPT TO:<anna+shop=a@example.com> NOTIFY=FAILURE,DELAY ORCPT=rfc822;anna+2Bshop+3Da@example.com");
    }

    [Fact]
    public async Task Reports_are_not_asked_for_where_the_settings_say_so()
    {
        await using var rig = new SmtpRig(new SmtpServerOptions { Dsn = true }, settings => settings.DeliveryReports = false);
        await rig.SendAsync(AnEmail().Build());

        Assert.DoesNotContain(rig.Server.Commands, command => command.Line.Contains("ENVID", StringComparison.Ordinal) || command.Line.Contains("NOTIFY", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_can_not_stand_in_a_parameter_is_left_out()
    {
        await using var rig = new SmtpRig(new SmtpServerOptions { Dsn = true, SmtpUtf8 = true });

        Assert.IsType<SendAccepted>(await rig.SendAsync(AnEmail().Key(new string('k', 150)).To("สมชาย@example.com").Build()));
        Assert.DoesNotContain(rig.Server.Commands, command => command.Line.Contains("ENVID", StringComparison.Ordinal) || command.Line.Contains("ORCPT", StringComparison.Ordinal));
        Assert.Contains(rig.Server.Commands, command => command.Line.EndsWith("NOTIFY=FAILURE,DELAY", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_names_no_size_takes_any()
    {
        await using var rig = new SmtpRig(new SmtpServerOptions { Size = 0 });

        Assert.IsType<SendAccepted>(await rig.SendAsync(AnEmail().Text(new string('a', 100_000)).Build()));
    }

    [Fact]
    public async Task Bounces_go_to_a_sealed_address_that_nobody_sees()
    {
        await using var rig = new SmtpRig(change: settings =>
        {
            settings.EnvelopeSender = "bounce+{token}@bounces.shop.example";
            settings.BounceKey = new Secret("a long secret");
        });
        await rig.SendAsync(AnEmail().Key("0195a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b").Build());

        var mail = Assert.Single(rig.Server.Mails);
        Assert.InRange(mail.From.IndexOf('@', StringComparison.Ordinal), 1, 64);
        var addresses = new BounceAddresses("bounce+{token}@bounces.shop.example", new Secret("a long secret"));
        Assert.Equal("0195a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b", addresses.Read(mail.From).DeliveryKey);
        Assert.DoesNotContain("bounce", System.Text.Encoding.UTF8.GetString(mail.Data.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trap_15_one_recipient_a_message_the_enhanced_code_as_the_code_and_no_Sender_header_that_shows_the_bounce_address()
    {
        await using var rig = new SmtpRig(change: settings => settings.EnvelopeSender = "bounce+{key}@bounces.shop.example");
        rig.Server.Reply(SmtpStage.Rcpt, "550 5.1.1 No such user", times: 1);

        var refused = Assert.IsType<SendRejected>(await rig.SendAsync(AnEmail().Build()));
        await rig.SendAsync(AnEmail().Key("delivery-7").Build());

        Assert.Equal(("5.1.1", true), (refused.Code, refused.AddressInvalid));
        var mail = Assert.Single(rig.Server.Mails);
        Assert.Single(mail.To);
        Assert.Equal("bounce+delivery-7@bounces.shop.example", mail.From);
        Assert.DoesNotContain("Sender", ReadMail.Of(mail.Data).HeaderNames);
    }
}
