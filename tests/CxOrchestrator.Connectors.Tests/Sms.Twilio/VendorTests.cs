using System.Text.Json;
using System.Text.Json.Nodes;
using CxOrchestrator.Plugins.SmsTwilio;
using CxOrchestrator.Sdk;
using CxOrchestrator.TestKit;
using CxOrchestrator.VendorChecks;

namespace CxOrchestrator.Connectors.Tests.Sms.Twilio;

/// <summary>Twilio's own description and its own library have the last word.</summary>
public sealed class VendorTests
{
    private const int Requests = 1000;

    [SkippableFact]
    public async Task Every_request_that_we_send_is_valid_by_Twilios_description()
    {
        Needs.Prism();
        var description = Needs.SharedMaterial("contracts", "twilio-messages.openapi.json");
        await using var prism = await PrismServer.MockAsync(description);
        foreach (var settings in Variants(prism.Url))
        {
            await using var connector = Connect(settings);
            Assert.IsType<SendAccepted>(await ((ISmsSender)connector).SendAsync(new SmsMessage("d/1 ä", "+66812345678", "สวัสดี & bye"), default));
            await ((ISendLookup)connector).LookUpAsync(new SendQuery("d-1", "+66812345678", DateTimeOffset.UnixEpoch) { Text = "x" }, default);
            await ((IEventPoller)connector).PollAsync(null, default);
        }

        Assert.DoesNotContain(prism.Violations, violation => violation.IsOfRequest);
        var known = JsonNode.Parse(await File.ReadAllTextAsync(description))!["paths"]!["/2010-04-01/Accounts/{AccountSid}/Messages.json"]!;
        var form = known["post"]!["requestBody"]!["content"]!["application/x-www-form-urlencoded"]!["schema"]!["properties"]!.AsObject();
        var query = known["get"]!["parameters"]!.AsArray().Select(parameter => (string)parameter!["name"]!).ToList();
        Assert.All(prism.Requests.Where(request => request.Method == "POST").SelectMany(request => request.Form()), field => Assert.True(form.ContainsKey(field.Key), field.Key));
        Assert.All(prism.Requests.SelectMany(request => request.Query), parameter => Assert.Contains(parameter.Key, query));
        Assert.Contains(prism.Requests, request => request.Parameter("DateSent>") is not null);
        Assert.Equal(3, prism.Requests.Count(request => request.Method == "POST"));
    }

    [SkippableFact]
    public async Task Every_answer_of_our_stand_in_is_valid_by_Twilios_description()
    {
        Needs.Prism();
        var clock = new ManualTimeProvider();
        await using var standIn = await TwilioStandIn.StartAsync(clock);
        await using var prism = await PrismServer.ProxyAsync(Needs.SharedMaterial("contracts", "twilio-messages.openapi.json"), standIn.Server.Url);
        await using var connector = TwilioRig.Connect(
            new ConnectionContext("sms", Path.GetTempPath(), clock, new CxOrchestrator.Sdk.Testing.RecordingLog()) { WebhookUrl = new Uri(TwilioRig.Webhook) },
            TwilioRig.Settings(prism.Url));
        for (var i = 0; i < 3; i++)
            Assert.IsType<SendAccepted>(await ((ISmsSender)connector).SendAsync(new SmsMessage($"d-{i}", "+66812345678", $"Number {i}"), default));
        standIn.Move(standIn.Messages[0], "delivered", price: "-0.00750");
        standIn.Move(standIn.Messages[1], "undelivered", 30006);
        for (var i = 0; i < 250; i++)
            standIn.Put(new StoredMessage { To = "+66812345678", From = "+14155550199", Body = "else" });
        clock.Advance(TimeSpan.FromHours(1));

        Assert.IsType<SendAccepted>(await ((ISendLookup)connector).LookUpAsync(
            new SendQuery("d-2", "+66812345678", clock.GetUtcNow() - TimeSpan.FromHours(1)) { Text = "Number 2" }, default));
        Assert.Equal(2, (await ((IEventPoller)connector).PollAsync(null, default)).Items.Count);

        Assert.DoesNotContain(prism.Violations, violation => !IsAtOddsWithItself(violation));
        Assert.True(standIn.Server.Requests.Count >= 7);
    }

    [SkippableFact]
    public async Task Twilios_own_signer_agrees_with_ours_on_1000_requests_and_1000_tampered_ones_are_refused()
    {
        Needs.NodePackage("twilio");
        var random = new Random(4);
        var samples = Enumerable.Range(0, Requests).Select(_ => SampleRequest.Make(random)).ToList();
        var signed = JsonSerializer.Deserialize<List<NodeAnswer>>(
            await NodeScript.RunAsync(Signer, JsonSerializer.Serialize(samples.Select(sample => sample.ForNode))), JsonSerializerOptions.Web)!;
        await using var connector = (IAsyncDisposable)Connect(TwilioRig.Settings(new Uri("https://api.twilio.com")));
        var receiver = (IWebhookReceiver)connector;

        Assert.Equal(Requests, signed.Count);
        var kinds = new HashSet<int>();
        foreach (var (sample, answer) in samples.Zip(signed))
        {
            var request = sample.Request(answer);
            Assert.True((await receiver.ReceiveAsync(request, default)).Verified, sample.ToString());
            var kind = random.Next(6);
            kinds.Add(kind);
            Assert.Equal(WebhookResult.Refused, await receiver.ReceiveAsync(sample.Tampered(request, answer, kind), default));
        }

        Assert.Equal(6, kinds.Count);
    }

    private const string Signer = """
        const { getExpectedTwilioSignature, getExpectedBodyHash } = require('twilio/lib/webhooks/webhooks');
        const samples = JSON.parse(require('fs').readFileSync(0, 'utf8'));
        process.stdout.write(JSON.stringify(samples.map(({ token, url, fields, body }) => {
          if (body === null) return { url, signature: getExpectedTwilioSignature(token, url, fields) };
          const whole = url + (url.includes('?') ? '&' : '?') + 'bodySHA256=' + getExpectedBodyHash(body);
          return { url: whole, signature: getExpectedTwilioSignature(token, whole, {}) };
        })));
        """;

    // The description wants absolute addresses where its own examples, like Twilio, have paths.
    private static bool IsAtOddsWithItself(PrismViolation violation) =>
        !violation.IsOfRequest && violation.Location.EndsWith("uri", StringComparison.Ordinal)
        && violation.Message.EndsWith("must match format \"uri\"", StringComparison.Ordinal);

    private static IEnumerable<TwilioSettings> Variants(Uri url)
    {
        yield return TwilioRig.Settings(url);
        var from = TwilioRig.Settings(url);
        (from.MessagingServiceSid, from.From, from.ValidityPeriod) = (null, "+14155550100", 600);
        yield return from;
        var template = TwilioRig.Settings(url);
        (template.Channel, template.ContentSid) = (TwilioChannel.WhatsApp, "HX0123456789abcdef0123456789abcdef");
        yield return template;
    }

    private static IConnector Connect(TwilioSettings settings) => TwilioRig.Connect(
        new ConnectionContext("sms", Path.GetTempPath(), new ManualTimeProvider(), new CxOrchestrator.Sdk.Testing.RecordingLog())
        {
            WebhookUrl = new Uri(TwilioRig.Webhook),
        },
        settings);

    internal sealed record NodeAnswer(string Url, string Signature);
}
