using CxOrchestrator.Plugins.EmailSmtp;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Testing.Http;
using CxOrchestrator.Sdk.Testing.Smtp;
using CxOrchestrator.TestKit;
using static CxOrchestrator.Sdk.Testing.Builders.Some;

namespace CxOrchestrator.Connectors.Tests.Email.Smtp;

public sealed class XOAuth2Tests
{
    private const string ClientSecret = "client-secret-of-the-shop";
    private string _good = "first-token";
    private int _given;

    [Fact]
    public async Task A_token_that_was_given_signs_in()
    {
        await using var rig = new SmtpRig(Server, settings => Given(settings, "first-token"));

        Assert.IsType<SendAccepted>(await rig.SendAsync(AnEmail().Build()));
        Assert.Equal("shop", rig.Server.Mails[0].User);
        Assert.True((await rig.Connector.ProbeAsync(default)).Healthy);
    }

    [Fact]
    public async Task A_token_that_is_refused_loses_no_message_and_shows_nowhere()
    {
        await using var rig = new SmtpRig(Server, settings => Given(settings, "stale-token"));

        var deferred = Assert.IsType<SendDeferred>(await rig.SendAsync(AnEmail().Build()));
        Assert.Contains("535 5.7.3", deferred.Text, StringComparison.Ordinal);
        Assert.Contains("scope", deferred.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("stale-token", deferred.Text + rig.Log.Text, StringComparison.Ordinal);
        Assert.Empty(rig.Server.Mails);
    }

    [Fact]
    public async Task A_server_that_echoes_the_token_is_masked()
    {
        await using var rig = new SmtpRig(Server, settings => Given(settings, "first-token"));
        var echoed = Convert.ToBase64String("user=shop\u0001auth=Bearer first-token\u0001\u0001"u8);
        rig.Server.Reply(SmtpStage.Auth, $"535 5.7.8 {echoed} first-token is bad");

        Assert.Contains("•••••• •••••• is bad", Assert.IsType<SendDeferred>(await rig.SendAsync(AnEmail().Build())).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tokens_are_asked_for_once_and_again_shortly_before_they_expire()
    {
        await using var tokens = await ScriptedHttpServer.StartAsync(Give);
        var clock = new ManualTimeProvider();
        await using var rig = new SmtpRig(Server, settings => Asking(settings, tokens.Url), clock);
        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => rig.SendAsync(AnEmail().Build())));

        var request = Assert.Single(tokens.Requests);
        Assert.Equal(("POST", "/tenant/token"), (request.Method, request.Path));
        Assert.Equal(
            ["grant_type=client_credentials", "client_id=the-app", $"client_secret={ClientSecret}", "scope=https://outlook.example/.default"],
            request.Form().Select(field => $"{field.Key}={field.Value}"));
        Assert.Equal(12, rig.Server.Accepted.Count);

        clock.Advance(TimeSpan.FromSeconds(3541));
        Assert.IsType<SendAccepted>(await rig.SendAsync(AnEmail().Build()));
        Assert.Equal(2, tokens.Requests.Count);
    }

    [Fact]
    public async Task A_token_that_the_mail_server_refuses_early_is_replaced_for_the_next_message()
    {
        await using var tokens = await ScriptedHttpServer.StartAsync(Give);
        await using var rig = new SmtpRig(Server, settings =>
        {
            Asking(settings, tokens.Url);
            settings.MessagesPerConnection = 1;
        });
        Assert.IsType<SendAccepted>(await rig.SendAsync(AnEmail().Build()));

        _good = "second-token";
        Assert.IsType<SendDeferred>(await rig.SendAsync(AnEmail().Build()));
        Assert.IsType<SendAccepted>(await rig.SendAsync(AnEmail().Build()));
        Assert.Equal(2, tokens.Requests.Count);
    }

    [Theory]
    [InlineData(401, "{\"error\":\"invalid_client\"}", "401")]
    [InlineData(200, "{\"token\":\"x\"}", "access_token")]
    [InlineData(200, "<html>", "JSON")]
    public async Task A_token_service_that_gives_none_defers_and_says_what_to_check(int status, string body, string word)
    {
        await using var tokens = await ScriptedHttpServer.StartAsync(_ => ScriptedReply.JsonText(body, status));
        await using var rig = new SmtpRig(Server, settings => Asking(settings, tokens.Url));

        var deferred = Assert.IsType<SendDeferred>(await rig.SendAsync(AnEmail().Build()));
        Assert.Contains(word, deferred.Text, StringComparison.Ordinal);
        Assert.Contains("OAuthClientId", deferred.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(ClientSecret, deferred.Text + rig.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_without_XOAUTH2_gets_no_token()
    {
        await using var rig = new SmtpRig(Server with { AuthMechanisms = ["PLAIN", "LOGIN"] }, settings => Given(settings, "first-token"));

        Assert.Contains("XOAuth2", Assert.IsType<SendDeferred>(await rig.SendAsync(AnEmail().Build())).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(rig.Server.Commands, command => command.Line.StartsWith("AUTH", StringComparison.Ordinal));
    }

    private SmtpServerOptions Server => new() { AuthMechanisms = ["PLAIN", "XOAUTH2"], UserName = "shop", Password = "none", AccessToken = () => _good };

    private ScriptedReply Give(RecordedRequest request) =>
        ScriptedReply.JsonText($$"""{"token_type":"Bearer","expires_in":3600,"access_token":"{{(_given++ == 0 ? "first-token" : _good)}}"}""");

    private static void Given(SmtpSettings settings, string token)
    {
        settings.UserName = "shop";
        settings.AccessToken = new Secret(token);
    }

    private static void Asking(SmtpSettings settings, Uri service)
    {
        settings.UserName = "shop";
        settings.Auth = SmtpAuth.XOAuth2;
        settings.OAuthUrl = new Uri(service, "tenant/token").AbsoluteUri;
        settings.OAuthClientId = "the-app";
        settings.OAuthClientSecret = new Secret(ClientSecret);
        settings.OAuthScope = "https://outlook.example/.default";
    }
}
