using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Azure.Core.Pipeline;
using CxOrchestrator.Plugins.EmailGraph;
using CxOrchestrator.Plugins.EmailGraph.Identity;
using CxOrchestrator.Sdk.Http;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Connectors.Tests.Email.Graph;

/// <summary>How a token is asked for, by Azure.Identity itself.</summary>
public sealed class SignInTests
{
    [Fact]
    public async Task A_client_secret_goes_to_the_tenants_token_address_and_the_token_is_kept_until_shortly_before_its_end()
    {
        var authority = new Authority(HttpStatusCode.OK, """{"token_type":"Bearer","expires_in":3600,"access_token":"access-1"}""");
        var clock = new ManualTimeProvider(DateTimeOffset.UtcNow);
        var desk = Desk(GraphRig.SettingsFor(new Uri("https://graph.microsoft.com/")), authority, clock);

        Assert.Equal("Bearer access-1", (await desk.AuthorizeAsync(default))!.ToString());
        await desk.AuthorizeAsync(default);
        var (url, form) = Assert.Single(authority.Asked, asked => asked.Form.Length > 0);
        Assert.Equal("https://login.microsoftonline.com/contoso.example/oauth2/v2.0/token", url);
        Assert.Contains("grant_type=client_credentials", form, StringComparison.Ordinal);
        Assert.Contains("client_secret=client-secret-7", form, StringComparison.Ordinal);
        Assert.Contains("scope=" + Uri.EscapeDataString("https://graph.microsoft.com/.default"), form, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_signs_in_without_any_secret()
    {
        using var folder = new TemporaryFolder();
        var settings = GraphRig.SettingsFor(new Uri("https://graph.microsoft.com/"));
        (settings.Auth, settings.CertificateFile) = (GraphAuth.Certificate, await CertificateAsync(folder));
        var authority = new Authority(HttpStatusCode.OK, """{"token_type":"Bearer","expires_in":3600,"access_token":"access-2"}""");
        var desk = Desk(settings, authority, TimeProvider.System);

        Assert.Equal("access-2", (await desk.AuthorizeAsync(default))!.Parameter);
        Assert.Contains("client_assertion=", Assert.Single(authority.Asked, asked => asked.Form.Length > 0).Form, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_is_not_there_yet_is_an_outage_that_ends_when_it_is()
    {
        using var folder = new TemporaryFolder();
        var settings = GraphRig.SettingsFor(new Uri("https://graph.microsoft.com/"));
        (settings.Auth, settings.CertificateFile) = (GraphAuth.Certificate, folder.PathOf("mail.pem"));
        var authority = new Authority(HttpStatusCode.OK, """{"token_type":"Bearer","expires_in":3600,"access_token":"access-3"}""");
        var desk = Desk(settings, authority, TimeProvider.System);
        await Assert.ThrowsAsync<ServiceException>(() => desk.AuthorizeAsync(default).AsTask());

        await CertificateAsync(folder);
        Assert.Equal("access-3", (await desk.AuthorizeAsync(default))!.Parameter);
    }

    [Fact]
    public async Task A_refusal_is_told_by_its_number_without_the_secret()
    {
        var authority = new Authority(HttpStatusCode.Unauthorized, """{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret client-secret-7 provided.","error_codes":[7000215]}""");
        var desk = Desk(GraphRig.SettingsFor(new Uri("https://graph.microsoft.com/")), authority, TimeProvider.System);

        var failure = await Assert.ThrowsAsync<ServiceException>(() => desk.AuthorizeAsync(default).AsTask());
        Assert.True(failure.Message.Contains("AADSTS7000215", StringComparison.Ordinal), failure.Message);
        Assert.DoesNotContain("client-secret-7", failure.ToString(), StringComparison.Ordinal);
    }

    private static TokenDesk Desk(GraphSettings settings, Authority authority, TimeProvider clock) =>
        new(Credentials.Of(settings, new HttpClientTransport(new HttpClient(authority))), settings.Scope, clock);

    private static async Task<string> CertificateAsync(TemporaryFolder folder)
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=cxo", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var file = folder.PathOf("mail.pem");
        await File.WriteAllTextAsync(file, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());
        return file;
    }

    /// <summary>Entra, as far as a token is concerned.</summary>
    private sealed class Authority(HttpStatusCode status, string answer) : HttpMessageHandler
    {
        public List<(string Url, string Form)> Asked { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var form = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            Asked.Add((request.RequestUri!.AbsoluteUri, form));
            var isToken = request.RequestUri.AbsolutePath.EndsWith("/token", StringComparison.Ordinal);
            var body = isToken ? answer : """
                {"token_endpoint":"https://login.microsoftonline.com/contoso.example/oauth2/v2.0/token","issuer":"https://login.microsoftonline.com/contoso.example/v2.0",
                 "authorization_endpoint":"https://login.microsoftonline.com/contoso.example/oauth2/v2.0/authorize","tenant_discovery_endpoint":"https://login.microsoftonline.com/contoso.example/v2.0/.well-known/openid-configuration","metadata":[]}
                """;
            return new HttpResponseMessage(isToken ? status : HttpStatusCode.OK) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        }
    }
}
