using System.Net;
using CxOrchestrator.Sdk.Testing.Http;
using CxOrchestrator.TestKit;
using CxOrchestrator.VendorChecks;

namespace CxOrchestrator.Connectors.Tests.Kit;

/// <summary>The vendors' tools say no where they should: a check that can't fail is none.</summary>
public sealed class VendorToolTests
{
    private const string Description = """
        {"openapi":"3.0.3","info":{"title":"t","version":"1"},"paths":{"/messages":{"post":{
          "requestBody":{"required":true,"content":{"application/x-www-form-urlencoded":{"schema":{"type":"object","required":["To"],
            "properties":{"To":{"type":"string"},"Kind":{"type":"string","enum":["sms","chat"]}}}}}},
          "responses":{"201":{"description":"made","content":{"application/json":{"schema":{"type":"object","required":["id"],
            "properties":{"id":{"type":"string"}}},"example":{"id":"m-1"}}}}}}}}}
        """;

    [SkippableFact]
    public async Task A_mock_answers_with_the_descriptions_example_and_tells_what_a_request_lacks()
    {
        Needs.Prism();
        using var folder = new TemporaryFolder();
        await using var prism = await PrismServer.MockAsync(await DescriptionAsync(folder));
        using var client = new HttpClient();

        Assert.Equal((HttpStatusCode.Created, """{"id":"m-1"}"""), await PostAsync(client, prism.Url, ("To", "+66 8")));
        Assert.Empty(prism.Violations);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync(client, prism.Url, ("Kind", "fax"))).Status);
        using var nowhere = await client.GetAsync(new Uri(prism.Url, "nowhere"));

        Assert.Equal(HttpStatusCode.NotFound, nowhere.StatusCode);
        Assert.Equal(["request.body", "request.body.Kind", "request"], prism.Violations.Select(violation => violation.Location));
        Assert.All(prism.Violations, violation => Assert.True(violation.IsOfRequest));
        Assert.Equal(["To=%2B66+8", "Kind=fax", ""], prism.Requests.Select(request => request.Text()));
    }

    [SkippableFact]
    public async Task A_proxy_passes_all_on_unchanged_and_tells_what_request_and_answer_lack()
    {
        Needs.Prism();
        using var folder = new TemporaryFolder();
        var answers = new Queue<string>(["""{"id":"m-7"}""", """{"id":7}"""]);
        await using var standIn = await ScriptedHttpServer.StartAsync(_ => ScriptedReply.JsonText(answers.Dequeue(), 201));
        await using var prism = await PrismServer.ProxyAsync(await DescriptionAsync(folder), standIn.Url);
        using var client = new HttpClient();

        Assert.Equal((HttpStatusCode.Created, """{"id":"m-7"}"""), await PostAsync(client, prism.Url, ("To", "+66 8")));
        Assert.Empty(prism.Violations);
        Assert.Equal((HttpStatusCode.Created, """{"id":7}"""), await PostAsync(client, prism.Url, ("Kind", "sms")));

        Assert.Equal([(true, "request.body"), (false, "response.body.id")], prism.Violations.Select(violation => (violation.IsOfRequest, violation.Location)));
        Assert.Equal(["To=%2B66+8", "Kind=sms"], standIn.Requests.Select(request => request.Text()));
    }

    [SkippableFact]
    public async Task A_vendors_own_signer_can_be_asked()
    {
        Needs.NodePackage("twilio");

        // The example of Twilio's own documentation of its signatures.
        var signature = await NodeScript.RunAsync(
            """
            const { url, fields } = JSON.parse(require('fs').readFileSync(0, 'utf8'));
            process.stdout.write(require('twilio/lib/webhooks/webhooks').getExpectedTwilioSignature('12345', url, fields));
            """,
            """
            {"url":"https://mycompany.com/myapp.php?foo=1&bar=2",
             "fields":{"CallSid":"CA1234567890ABCDE","Caller":"+12349013030","Digits":"1234","From":"+12349013030","To":"+18005551212"}}
            """);

        Assert.Equal("0/KCTR6DLpKmkAf8muzZqo1nDgQ=", signature);
    }

    [SkippableFact]
    public async Task A_script_that_fails_is_an_error_with_its_reason()
    {
        Needs.NodePackage("twilio");

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => NodeScript.RunAsync("throw new Error('no such luck')"));
        Assert.Contains("no such luck", failure.Message, StringComparison.Ordinal);
    }

    private static async Task<string> DescriptionAsync(TemporaryFolder folder)
    {
        var file = folder.PathOf("messages.json");
        await File.WriteAllTextAsync(file, Description);
        return file;
    }

    private static async Task<(HttpStatusCode Status, string Body)> PostAsync(HttpClient client, Uri url, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(field => new KeyValuePair<string, string>(field.Name, field.Value)));
        using var answer = await client.PostAsync(new Uri(url, "messages"), form);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
