using System.ComponentModel.DataAnnotations;
using CxOrchestrator.Plugins.EmailImap;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;
using CxOrchestrator.Sdk.Testing.Http;

namespace CxOrchestrator.Connectors.Tests.Email.Imap;

public sealed class ImapSecurityTests
{
    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task Signing_in_works_over_TLS_of_either_kind_and_without(bool implicitTls, bool startTls)
    {
        await using var rig = new ImapRig(new ImapServerOptions { ImplicitTls = implicitTls, StartTls = startTls });
        rig.Answer();

        Assert.Single((await rig.PollAsync()).Items);
    }

    [Theory]
    [InlineData(ImapAuth.Plain, true)]
    [InlineData(ImapAuth.Plain, false)]
    [InlineData(ImapAuth.Login, true)]
    public async Task Every_way_of_signing_in_works(ImapAuth auth, bool saslIr)
    {
        await using var rig = new ImapRig(new ImapServerOptions { SaslIr = saslIr }, settings => settings.Auth = auth);

        Assert.True((await rig.Connector.ProbeAsync(default)).Healthy);
    }

    [Fact]
    public async Task Names_and_passwords_in_any_language_go_as_literals()
    {
        await using var rig = new ImapRig(new ImapServerOptions { UserName = "สมชาย", Password = "p\"ass รหัส" }, settings =>
        {
            settings.Auth = ImapAuth.Login;
            settings.UserName = "สมชาย";
            settings.Password = new Secret("p\"ass รหัส");
        });

        Assert.True((await rig.Connector.ProbeAsync(default)).Healthy);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_token_signs_in_and_one_that_is_refused_is_asked_for_anew(bool saslIr)
    {
        var good = "first-token";
        var given = new Queue<string>(["first-token", "second-token"]);
        await using var tokens = await ScriptedHttpServer.StartAsync(_ => ScriptedReply.JsonText($$"""{"access_token":"{{given.Dequeue()}}","expires_in":"3600"}"""));
        await using var rig = new ImapRig(
            new ImapServerOptions { SaslIr = saslIr, Mechanisms = ["PLAIN", "XOAUTH2"], AccessToken = () => good },
            settings =>
            {
                settings.Password = null;
                settings.OAuthUrl = new Uri(tokens.Url, "token").AbsoluteUri;
                settings.OAuthClientId = "the-app";
                settings.OAuthClientSecret = new Secret("client-secret-7");
            });
        Assert.Null((await rig.PollAsync()).NextCursor);

        good = "second-token";
        var refused = await Assert.ThrowsAsync<ServiceException>(() => rig.PollAsync());
        Assert.DoesNotContain("first-token", refused.Message, StringComparison.Ordinal);
        Assert.Null((await rig.PollAsync()).NextCursor);
        Assert.Equal(2, tokens.Requests.Count);
    }

    [Fact]
    public async Task A_server_without_STARTTLS_gets_no_password()
    {
        await using var rig = new ImapRig(change: settings => settings.Security = ImapSecurity.StartTls);

        Assert.Contains("STARTTLS", (await Assert.ThrowsAsync<ServiceException>(() => rig.PollAsync())).Message, StringComparison.Ordinal);
        Assert.DoesNotContain(rig.Server.Commands, command => command.StartsWith("AUTHENTICATE", StringComparison.Ordinal) || command.StartsWith("LOGIN", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_refused()
    {
        await using var rig = new ImapRig(new ImapServerOptions { ImplicitTls = true }, settings => settings.TrustedCertificate = null);

        Assert.Contains("not trusted", (await Assert.ThrowsAsync<ServiceException>(() => rig.PollAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_put_in_before_the_handshake_end_the_connection()
    {
        await using var rig = new ImapRig(new ImapServerOptions { StartTls = true, InjectedAfterStartTls = "* CAPABILITY IMAP4rev1" });

        await Assert.ThrowsAsync<ServiceException>(() => rig.PollAsync());
        Assert.DoesNotContain(rig.Server.Commands, command => command.StartsWith("AUTHENTICATE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_greeting_that_says_we_are_signed_in_already_is_not_believed()
    {
        await using var rig = new ImapRig();
        rig.Server.Misbehave(new ImapMisdeed("GREETING", "* PREAUTH welcome"));

        await Assert.ThrowsAsync<ServiceException>(() => rig.PollAsync());
    }

    [Fact]
    public async Task A_server_that_echoes_the_password_is_masked()
    {
        await using var rig = new ImapRig();
        rig.Server.Misbehave(new ImapMisdeed("AUTHENTICATE", $"{{tag}} NO the password {ImapRig.Password} is wrong"));

        var report = await rig.Connector.ProbeAsync(default);
        Assert.Contains("••••••", report.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(ImapRig.Password, report.ToString() + rig.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_of_the_settings_come_at_once()
    {
        var settings = new ImapSettings
        {
            Host = "mail.example.com",
            UserName = "shop",
            Port = 0,
            Security = ImapSecurity.None,
            MessageIdDomain = "not a domain",
            BounceAddress = "bounce+{token}@bounces.shop.example",
            UnsubscribeAddress = "nobody",
            AfterReading = AfterReading.Move,
            MaxMessageKilobytes = 1,
        };
        Assert.Equal(["MaxMessageKilobytes", "MessageIdDomain", "Port", "UnsubscribeAddress"], Faults(settings));

        (settings.Port, settings.MessageIdDomain, settings.UnsubscribeAddress, settings.MaxMessageKilobytes) = (143, null, null, 512);
        Assert.Equal(["BounceKey", "MoveTo", "Password", "Security"], Faults(settings));
    }

    private static List<string> Faults(ImapSettings settings)
    {
        var faults = new List<ValidationResult>();
        Validator.TryValidateObject(settings, new ValidationContext(settings), faults, validateAllProperties: true);
        return [.. faults.SelectMany(fault => fault.MemberNames).Order(StringComparer.Ordinal)];
    }
}
