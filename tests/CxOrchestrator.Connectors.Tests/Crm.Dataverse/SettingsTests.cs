using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;
using CxOrchestrator.Plugins.CrmDataverse.Identity;
using CxOrchestrator.Plugins.CrmDataverse.Settings;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Connectors.Tests.Crm.Dataverse;

/// <summary>Settings and signing in.</summary>
public sealed class SettingsTests
{
    [Theory]
    [InlineData("AuthType=ClientSecret;Url=https://contoso.crm4.dynamics.com/;ClientId=app;ClientSecret=s3")]
    [InlineData("AuthenticationType=ClientSecret; Service Uri=https://contoso.crm4.dynamics.com; AppId=app; Secret=s3; RequireNewInstance=true; SkipDiscovery=true")]
    [InlineData("authtype=ClientSecret;SERVER=https://contoso.crm4.dynamics.com;ApplicationId=app;clientsecret='s3'")]
    public void A_connection_string_is_read_with_all_aliases(string text)
    {
        var access = Access.Read(new DataverseSettings { ConnectionString = new Secret(text), TenantId = "t" }, out var faults);

        Assert.Empty(faults);
        Assert.Equal(("https://contoso.crm4.dynamics.com/api/data/v9.2/", "app", "s3", "https://contoso.crm4.dynamics.com/.default"),
            (access.ApiUrl.AbsoluteUri, access.ClientId, access.ClientSecret!.Reveal(), access.Scope));
    }

    [Theory]
    [InlineData("AuthType=ClientSecret;Url=https://c.crm.dynamics.com;ClientSecret=s3", "ClientId")]
    [InlineData("AuthType=clientsecret;Url=https://c.crm.dynamics.com;ClientId=a;ClientSecret=s3", "AuthType which is unknown")]
    [InlineData("AuthType=OAuth;Url=https://c.crm.dynamics.com;ClientId=a;Username=x;Password=s3", "signs in a person")]
    [InlineData("AuthType=ClientSecret;Url=https://c.crm.dynamics.com;ClientId=a;ClientSecret=s3;Colour=red", "unknown key colour")]
    [InlineData("AuthType=ClientSecret;Url=http://c.crm.dynamics.com;ClientId=a;ClientSecret=s3", "https://")]
    [InlineData("AuthType=ClientSecret;Url=https://c.crm.dynamics.com/api/data/v9.2;ClientId=a;ClientSecret=s3", "without /api/data")]
    [InlineData("AuthType=ClientSecret;Url=https://c.crm.dynamics.com;AppId=a;ClientId=b;ClientSecret=s3", "twice")]
    [InlineData("AuthType", "form")]
    public void A_bad_connection_string_is_told_without_its_secret(string text, string told)
    {
        Access.Read(new DataverseSettings { ConnectionString = new Secret(text), TenantId = "t" }, out var faults);

        var all = string.Join('\n', faults.Select(fault => $"{fault.MemberNames.First()} {fault.ErrorMessage}"));
        Assert.Contains(told, all, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("s3", all, StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        var settings = new DataverseSettings
        {
            Url = new Uri("https://contoso.crm4.dynamics.com"), AuthType = DataverseAuth.Certificate, ScoreColumn = "Last Score", CaseCustomer = "nobody",
            ConsentColumns = new Dictionary<string, string> { ["email/marketing"] = "donotemail", ["fax"] = "donotfax" },
            Segments = new Dictionary<string, string> { ["a"] = "<fetch><entity name='lead' /></fetch>" },
            ConsentPurposes = new Dictionary<string, string> { ["feedback"] = "7" },
        };
        var results = settings.Validate(new ValidationContext(settings)).Select(one => one.MemberNames.First()).Distinct().Order().ToList();

        Assert.Equal(["CertificateThumbprint", "ClientId", "ConsentColumns", "ConsentPurposes", "ScoreColumn", "Segments", "TenantId"], results);
    }

    [Fact]
    public async Task A_token_is_asked_for_by_client_credentials_with_the_environments_scope_and_kept()
    {
        var authority = new Authority(HttpStatusCode.OK, """{"token_type":"Bearer","expires_in":3599,"access_token":"tok-1"}""");
        using var desk = Desk(authority);

        Assert.Equal("tok-1", (await desk.AuthorizeAsync(default))!.Parameter);
        await desk.AuthorizeAsync(default);

        var body = Assert.Single(authority.Bodies);
        Assert.Equal("https://login.example.com/contoso.onmicrosoft.com/oauth2/v2.0/token", authority.Addresses.Single());
        Assert.Contains("grant_type=client_credentials", body, StringComparison.Ordinal);
        Assert.Contains("scope=" + Uri.EscapeDataString("https://contoso.crm4.dynamics.com/.default"), body, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_refused_sign_in_names_the_authoritys_code_and_no_secret()
    {
        var authority = new Authority(
            HttpStatusCode.Unauthorized, $$"""{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided: {{DataverseRig.Secret}}"}""");
        using var desk = Desk(authority);

        var fault = await Assert.ThrowsAsync<ServiceException>(async () => await desk.AuthorizeAsync(default));
        Assert.Contains("AADSTS7000215", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(DataverseRig.Secret, fault.ToString(), StringComparison.Ordinal);
    }

    private static TokenDesk Desk(Authority authority)
    {
        var settings = DataverseRig.Settings(new Uri("https://contoso.crm4.dynamics.com"));
        settings.AuthorityHost = new Uri("https://login.example.com/");
        var access = Access.Read(settings, out _);
        return new TokenDesk(Credentials.Of(access, new HttpClientTransport(authority)), access.Scope, TimeProvider.System);
    }

    private sealed class Authority(HttpStatusCode status, string answer) : HttpMessageHandler
    {
        public List<string> Bodies { get; } = [];

        public List<string> Addresses { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Addresses.Add(request.RequestUri!.AbsoluteUri);
            Bodies.Add(request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken));
            return new HttpResponseMessage(status) { Content = new StringContent(answer, Encoding.UTF8, "application/json"), RequestMessage = request };
        }
    }
}
