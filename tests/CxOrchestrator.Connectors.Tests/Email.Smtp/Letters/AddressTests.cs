using System.Text;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Testing.Smtp;
using CxOrchestrator.TestKit;
using static CxOrchestrator.Sdk.Testing.Builders.Some;

namespace CxOrchestrator.Connectors.Tests.Email.Smtp.Letters;

public sealed class AddressTests
{
    [Theory]
    [InlineData("anna@bücher.example", "anna@xn--bcher-kva.example")]
    [InlineData("anna@EXAMPLE.com", "anna@example.com")]
    [InlineData("Anna.Ruiz+shop@例え.jp", "Anna.Ruiz+shop@xn--r8jz45g.jp")]
    [InlineData("\"anna ruiz\"@example.com", "\"anna ruiz\"@example.com")]
    public async Task A_domain_in_any_script_goes_out_in_punycode(string address, string sent)
    {
        await using var rig = new SmtpRig();

        Assert.IsType<SendAccepted>(await rig.SendAsync(AnEmail().To(address).Build()));
        Assert.Equal([sent], rig.Server.Mails[0].To);
        Assert.Equal(sent, ReadMail.Of(rig.Server.Mails[0].Data).Raw("To"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("anna")]
    [InlineData("@example.com")]
    [InlineData("anna@")]
    [InlineData("anna@exa mple.com")]
    [InlineData("anna ruiz@example.com")]
    [InlineData("anna@example.com>\r\nRCPT TO:<victim@example.com")]
    [InlineData("<anna@example.com>")]
    [InlineData("an\r\nna@example.com")]
    [InlineData(".anna@example.com")]
    [InlineData("an..na@example.com")]
    [InlineData("a12345678901234567890123456789012345678901234567890123456789012345@example.com")]
    [InlineData("anna@-example.com")]
    [InlineData("anna@under_score.example")]
    [InlineData("anna@example.com\0")]
    public async Task An_address_that_can_not_be_one_is_rejected_as_bad_without_asking_the_server(string address)
    {
        await using var rig = new SmtpRig();

        var rejected = Assert.IsType<SendRejected>(await rig.SendAsync(AnEmail().To(address).Build()));
        Assert.Equal(("5.1.3", true), (rejected.Code, rejected.AddressInvalid));
        Assert.Equal(0, rig.Server.Connections);
    }

    [Fact]
    public async Task A_local_part_beyond_ASCII_goes_out_where_the_server_takes_it()
    {
        await using var rig = new SmtpRig(new SmtpServerOptions { SmtpUtf8 = true });

        Assert.IsType<SendAccepted>(await rig.SendAsync(AnEmail().To("สมชาย@example.com", "สมชาย").Build()));
        var mail = rig.Server.Mails[0];
        Assert.Equal(["สมชาย@example.com"], mail.To);
        Assert.Contains("SMTPUTF8", mail.MailParameters, StringComparison.Ordinal);
        Assert.Equal("สมชาย <สมชาย@example.com>", ReadMail.Of(mail.Data).Shown("To"));
    }

    [Fact]
    public async Task A_local_part_beyond_ASCII_is_rejected_where_the_server_does_not_take_it()
    {
        await using var rig = new SmtpRig();

        var rejected = Assert.IsType<SendRejected>(await rig.SendAsync(AnEmail().To("สมชาย@example.com").Build()));
        Assert.Equal(("5.6.7", false), (rejected.Code, rejected.AddressInvalid));
        Assert.IsType<SendAccepted>(await rig.SendAsync(AnEmail().Build()));
        Assert.Equal(1, rig.Server.Connections);
    }

    [Fact]
    public async Task SMTPUTF8_is_asked_for_only_where_it_is_needed()
    {
        await using var rig = new SmtpRig(new SmtpServerOptions { SmtpUtf8 = true });
        await rig.SendAsync(AnEmail().To("anna@bücher.example", "Änna").Build());

        Assert.DoesNotContain("SMTPUTF8", rig.Server.Mails[0].MailParameters, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bounces_go_to_an_address_of_their_own_that_nobody_sees()
    {
        await using var rig = new SmtpRig(change: settings => settings.EnvelopeSender = "bounce+{key}@bounces.shop.example");
        await rig.SendAsync(AnEmail().Key("delivery-9").Build());

        var mail = rig.Server.Mails[0];
        Assert.Equal("bounce+delivery-9@bounces.shop.example", mail.From);
        Assert.DoesNotContain("bounce", Encoding.UTF8.GetString(mail.Data.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bounces_go_to_the_visible_sender_where_nothing_else_is_set()
    {
        await using var rig = new SmtpRig();
        await rig.SendAsync(AnEmail().Build());
        await rig.SendAsync(AnEmail().From("team@shop.example").Build());

        Assert.Equal(["care@shop.example", "team@shop.example"], rig.Server.Mails.Select(mail => mail.From));
    }

    [Fact]
    public async Task An_envelope_sender_that_grows_too_long_with_the_key_is_named()
    {
        await using var rig = new SmtpRig(change: settings => settings.EnvelopeSender = "bounce+{key}@bounces.shop.example");

        var rejected = Assert.IsType<SendRejected>(await rig.SendAsync(AnEmail().Key(new string('k', 60)).Build()));
        Assert.Equal(("5.1.7", false), (rejected.Code, rejected.AddressInvalid));
        Assert.Contains("envelope sender 'bounce+kkk", rejected.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("key with blanks")]
    [InlineData("key>\r\n")]
    [InlineData("ключ")]
    public async Task A_key_that_can_not_be_a_Message_ID_is_refused(string key)
    {
        await using var rig = new SmtpRig();

        Assert.Contains("key", Assert.IsType<SendRejected>(await rig.SendAsync(AnEmail().Key(key).Build())).Text, StringComparison.Ordinal);
    }
}
