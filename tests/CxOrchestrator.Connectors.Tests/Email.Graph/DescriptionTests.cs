using System.Net;
using CxOrchestrator.TestKit;
using CxOrchestrator.VendorChecks;

namespace CxOrchestrator.Connectors.Tests.Email.Graph;

/// <summary>The description says no where Graph's documentation does: a check that can't fail is none.</summary>
public sealed class DescriptionTests
{
    private const string User = "v1.0/users/care%40shop.example/";

    [SkippableFact]
    public async Task What_Graph_would_refuse_is_found_out()
    {
        Needs.Prism();
        await using var prism = await PrismServer.MockAsync(Repository.PathOf("tests", "contracts", "graph-mail.openapi.json"));
        (string Method, string Target, string Type, string Body)[] wrong =
        [
            ("POST", User + "sendMail", "text/plain", "Subject: not base64"),
            ("POST", User + "sendMail", "text/html", "<p>"),
            ("POST", User + "sendMail", "application/json", """{"message":{"subjct":"x"}}"""),
            ("POST", User + "sendMail", "application/json", "{}"),
            ("POST", User + "sendMial", "text/plain", "eA=="),
            ("GET", User + "mailFolders/inbox/messages/delta()?$filter=subject%20eq%20'x'", "", ""),
            ("GET", User + "mailFolders/inbox/messages/delta()?changeType=made", "", ""),
            ("GET", User + "mailFolders/inbox/messages?$select=internetmessageid", "", ""),
            ("GET", User + "messages?$filter=internetMessageId%20eq%20d-1", "", ""),
            ("POST", "v1.0/subscriptions", "application/json", """{"changeType":"created"}"""),
            ("POST", "v1.0/subscriptions", "application/json", """{"changeType":"new","notificationUrl":"https://x.example","resource":"me/messages","expirationDateTime":"soon","clientState":"x"}"""),
            ("PATCH", "v1.0/subscriptions/1", "application/json", "{}"),
            ("PATCH", "v1.0/subscriptions/1", "application/json", """{"expirationDateTime":"2026-03-05T10:00:00Z","clientstate":"x"}"""),
            ("PUT", "v1.0/subscriptions/1", "application/json", "{}"),
        ];
        using var http = new HttpClient();
        foreach (var (method, target, type, body) in wrong)
        {
            var before = prism.Violations.Count;
            using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(prism.Url, target));
            request.Headers.Authorization = new("Bearer", "x");
            if (type.Length > 0)
                request.Content = new StringContent(body, System.Text.Encoding.UTF8, type);
            using var answer = await http.SendAsync(request);

            Assert.True((int)answer.StatusCode >= 400 && prism.Violations.Count > before, $"{method} {target} {body} passed with {answer.StatusCode}");
        }

        using var stranger = await http.GetAsync(new Uri(prism.Url, "v1.0/subscriptions"));
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
    }
}
