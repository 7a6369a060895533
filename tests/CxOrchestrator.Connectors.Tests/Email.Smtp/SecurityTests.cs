using System.Net;
using System.Text;
using CxOrchestrator.Plugins.EmailSmtp;
using CxOrchestrator.Plugins.EmailSmtp.Wire;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Mail;
using CxOrchestrator.Sdk.Testing.Smtp;
using CxOrchestrator.TestKit;
using static CxOrchestrator.Sdk.Testing.Builders.Some;

namespace CxOrchestrator.Connectors.Tests.Email.Smtp;

public sealed class SecurityTests
{
    private static readonly SmtpServerOptions WithLogin = new()
    {
        StartTls = true,
        AuthMechanisms = ["PLAIN", "LOGIN"],
        UserName = "shop",
        Password = "pass-wörd",
    };

    [Fact]
    public async Task A_server_without_STARTTLS_gets_nothing()
    {
        await using var rig = new SmtpRig(change: settings => settings.Security = SmtpSecurity.StartTls);

        Assert.Contains("STARTTLS", Assert.IsType<SendDeferred>(await rig.SendAsync(AnEmail().Build())).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(rig.Server.Commands, command => command.Line.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_refuses_STARTTLS_gets_nothing()
    {
        await using var rig = new SmtpRig(new SmtpServerOptions { StartTls = true }, settings => settings.Security = SmtpSecurity.StartTls);
        rig.Server.Reply(SmtpStage.StartTls, "454 4.7.0 TLS not available");

        Assert.IsType<SendDeferred>(await rig.SendAsync(AnEmail().Build()));
        Assert.DoesNotContain(rig.Server.Commands, command => command.Line.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Words_slipped_in_before_the_handshake_end_the_connection()
    {
        await using var rig = new SmtpRig(
            new SmtpServerOptions { StartTls = true, InjectedAfterStartTls = "250 2.0.0 Ok" }, settings => settings.Security = SmtpSecurity.StartTls);
        Trust(rig);

        Assert.IsType<SendDeferred>(await rig.SendAsync(AnEmail().Build()));
        Assert.Equal(["EHLO", "STARTTLS"], rig.Server.Commands.Select(command => command.Line.Split(' ')[0]));
    }

    [Theory]
    [InlineData(SmtpSecurity.StartTls)]
    [InlineData(SmtpSecurity.ImplicitTls)]
    public async Task A_certificate_that_nobody_vouches_for_is_refused(SmtpSecurity security)
    {
        await using var rig = new SmtpRig(Offering(security), settings => settings.Security = security);

        Assert.Contains("not trusted", Assert.IsType<SendDeferred>(await rig.SendAsync(AnEmail().Build())).Text, StringComparison.Ordinal);
        Assert.Empty(rig.Server.Mails);
    }

    [Theory]
    [InlineData(SmtpSecurity.StartTls)]
    [InlineData(SmtpSecurity.ImplicitTls)]
    public async Task A_certificate_named_by_its_thumbprint_is_trusted(SmtpSecurity security)
    {
        await using var rig = new SmtpRig(Offering(security), settings => settings.Security = security);
        Trust(rig);

        Assert.IsType<SendAccepted>(await rig.SendAsync(AnEmail().Build()));
        Assert.True(Assert.Single(rig.Server.Mails).WasEncrypted);
    }

    [Fact]
    public async Task A_certificate_in_a_PEM_file_is_trusted_and_another_one_is_not()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "ca.pem");
        await using var rig = new SmtpRig(
            Offering(SmtpSecurity.ImplicitTls),
            settings =>
            {
                settings.Security = SmtpSecurity.ImplicitTls;
                settings.TrustedCertificate = file;
            });

        using var other = TestCertificate.Make();
        await File.WriteAllTextAsync(file, other.ExportCertificatePem());
        Assert.IsType<SendDeferred>(await rig.SendAsync(AnEmail().Build()));

        await File.WriteAllTextAsync(file, rig.Server.Certificate.ExportCertificatePem());
        Assert.IsType<SendAccepted>(await rig.SendAsync(AnEmail().Build()));
    }

    [Fact]
    public async Task A_PEM_file_that_is_missing_is_named_and_nothing_is_sent()
    {
        await using var rig = new SmtpRig(
            Offering(SmtpSecurity.ImplicitTls),
            settings =>
            {
                settings.Security = SmtpSecurity.ImplicitTls;
                settings.TrustedCertificate = "/nowhere/ca.pem";
            });

        Assert.Contains("/nowhere/ca.pem", Assert.IsType<SendDeferred>(await rig.SendAsync(AnEmail().Build())).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SmtpAuth.Auto, new[] { "PLAIN", "LOGIN" }, "AUTH PLAIN")]
    [InlineData(SmtpAuth.Auto, new[] { "LOGIN" }, "AUTH LOGIN")]
    [InlineData(SmtpAuth.Login, new[] { "PLAIN", "LOGIN" }, "AUTH LOGIN")]
    [InlineData(SmtpAuth.Plain, new[] { "PLAIN", "LOGIN" }, "AUTH PLAIN")]
    public async Task Signing_in_uses_what_is_asked_for_and_offered(SmtpAuth auth, string[] offered, string command)
    {
        await using var rig = new SmtpRig(WithLogin with { AuthMechanisms = offered }, settings => SignIn(settings, auth));
        Trust(rig);

        Assert.IsType<SendAccepted>(await rig.SendAsync(AnEmail().Build()));
        Assert.Equal(("shop", true), (Assert.Single(rig.Server.Mails).User, rig.Server.Mails[0].WasEncrypted));
        Assert.Contains(rig.Server.Commands, received => received.Line == command);
    }

    [Theory]
    [InlineData(SmtpAuth.Auto, "CRAM-MD5")]
    [InlineData(SmtpAuth.Plain, "LOGIN")]
    public async Task A_server_that_offers_no_way_of_ours_gets_no_password(SmtpAuth auth, string offered)
    {
        await using var rig = new SmtpRig(WithLogin with { AuthMechanisms = [offered] }, settings => SignIn(settings, auth));
        Trust(rig);

        Assert.Contains(offered, Assert.IsType<SendDeferred>(await rig.SendAsync(AnEmail().Build())).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(rig.Server.Commands, command => command.Line.StartsWith("AUTH", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(SmtpAuth.Plain)]
    [InlineData(SmtpAuth.Login)]
    public async Task A_wrong_password_defers_and_the_probe_says_what_to_do(SmtpAuth auth)
    {
        await using var rig = new SmtpRig(WithLogin, settings => SignIn(settings, auth, "wrong"));
        Trust(rig);

        Assert.Contains("535", Assert.IsType<SendDeferred>(await rig.SendAsync(AnEmail().Build())).Text, StringComparison.Ordinal);
        var report = await rig.Connector.ProbeAsync(default);
        Assert.False(report.Healthy);
        Assert.Contains("Password", report.WhatToDo, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_echoes_the_password_does_not_bring_it_into_results_or_logs()
    {
        await using var rig = new SmtpRig(WithLogin, settings => SignIn(settings, SmtpAuth.Plain));
        Trust(rig);
        var token = Convert.ToBase64String(Encoding.UTF8.GetBytes("\0shop\0pass-wörd"));
        rig.Server.Reply(SmtpStage.Auth, $"535 5.7.8 I got {token}, which is pass-wörd");

        var text = Assert.IsType<SendDeferred>(await rig.SendAsync(AnEmail().Build())).Text + (await rig.Connector.ProbeAsync(default)).Text + rig.Log.Text;
        Assert.DoesNotContain("pass-wörd", text, StringComparison.Ordinal);
        Assert.DoesNotContain(token, text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_without_protection_is_refused_by_the_settings_unless_allowed_or_on_loopback()
    {
        var settings = new SmtpSettings { Host = "mail.example.com", FromAddress = "care@shop.example", Security = SmtpSecurity.None };
        SignIn(settings, SmtpAuth.Auto);
        settings.Security = SmtpSecurity.None;
        Assert.Contains("unprotected", Assert.Single(Faults(settings)), StringComparison.Ordinal);

        settings.AllowPlainTextAuth = true;
        Assert.Empty(Faults(settings));
        settings.AllowPlainTextAuth = false;
        settings.Host = "127.0.0.1";
        Assert.Empty(Faults(settings));
    }

    [Theory]
    [InlineData("127.0.0.1", false, true)]
    [InlineData("::1", false, true)]
    [InlineData("::ffff:127.0.0.1", false, true)]
    [InlineData("10.0.0.7", false, false)]
    [InlineData("::ffff:10.0.0.7", false, false)]
    [InlineData("2001:db8::1", false, false)]
    [InlineData("10.0.0.7", true, true)]
    [InlineData(null, false, false)]
    public void A_password_goes_unprotected_to_this_machine_alone_unless_allowed(string? peer, bool allowed, bool goes) =>
        Assert.Equal(goes, PasswordRule.MayGoUnprotected(peer is null ? null : IPAddress.Parse(peer), allowed));

    [Fact]
    public async Task The_probe_connects_signs_in_and_leaves()
    {
        await using var rig = new SmtpRig(WithLogin, settings => SignIn(settings, SmtpAuth.Auto));
        Trust(rig);

        var report = await rig.Connector.ProbeAsync(default);

        Assert.True(report.Healthy, report.Text);
        Assert.Equal(["EHLO", "STARTTLS", "EHLO", "AUTH", "NOOP", "QUIT"], rig.Server.Commands.Select(command => command.Line.Split(' ')[0]));
        Assert.Empty(rig.Server.Mails);
    }

    private static SmtpServerOptions Offering(SmtpSecurity security) =>
        new() { StartTls = security == SmtpSecurity.StartTls, ImplicitTls = security == SmtpSecurity.ImplicitTls };

    private static void Trust(SmtpRig rig) => rig.Settings.TrustedCertificate = TestCertificate.Thumbprint(rig.Server.Certificate);

    private static void SignIn(SmtpSettings settings, SmtpAuth auth, string password = "pass-wörd")
    {
        settings.Security = SmtpSecurity.StartTls;
        settings.Auth = auth;
        settings.UserName = "shop";
        settings.Password = new Secret(password);
    }

    private static IEnumerable<string?> Faults(SmtpSettings settings) =>
        settings.Validate(new System.ComponentModel.DataAnnotations.ValidationContext(settings)).Select(fault => fault.ErrorMessage);
}
