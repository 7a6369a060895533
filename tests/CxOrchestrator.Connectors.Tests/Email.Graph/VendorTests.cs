using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Testing;
using CxOrchestrator.Sdk.Testing.Http;
using CxOrchestrator.TestKit;
using CxOrchestrator.VendorChecks;
using static CxOrchestrator.Sdk.Testing.Builders.Some;

namespace CxOrchestrator.Connectors.Tests.Email.Graph;

/// <summary>
/// Prism holds what we send, and what our stand-in answers, against a description of Graph. The description is ours, after Microsoft's documentation; its
/// names and kinds are held against Microsoft's own typings.
/// </summary>
public sealed partial class VendorTests
{
    private static readonly string Description = Repository.PathOf("tests", "contracts", "graph-mail.openapi.json");

    [SkippableFact]
    public async Task Every_request_that_we_send_is_valid_by_the_description()
    {
        Needs.Prism();
        await using var prism = await PrismServer.MockAsync(Description);
        var clock = new ManualTimeProvider();
        await using var connector = GraphRig.Connect(
            new ConnectionContext("mail", "/nowhere", clock, new RecordingLog()) { WebhookUrl = GraphRig.Webhook }, GraphRig.SettingsFor(prism.Url), new FakeCredential(), clock);

        Assert.IsType<SendAccepted>(await connector.SendAsync(AnEmail().Subject("สวัสดี").Html("<p>ü</p>").Header("List-Unsubscribe", "<https://x.example/u>").Build(), default));
        Assert.IsType<SendAccepted>(await connector.LookUpAsync(new SendQuery("d-1", "anna@example.com", clock.GetUtcNow()), default));
        await connector.PollAsync(null, default);
        clock.Advance(TimeSpan.FromDays(2));
        await connector.PollAsync(null, default);
        Assert.True((await connector.ProbeAsync(default)).Healthy);

        Assert.Empty(prism.Violations);
        Assert.Equal(["DELETE", "GET", "PATCH", "POST"], prism.Requests.Select(request => request.Method).Distinct().Order());
        AssertOnlyKnownParameters(prism.Requests);
    }

    [SkippableFact]
    public async Task The_request_for_what_is_too_long_as_MIME_is_valid_by_the_description()
    {
        Needs.Prism();
        await using var rig = await GraphRig.StartAsync();
        rig.StandIn.Receive(SampleMail.Reply("d-1", new string('x', 25 * 1024 * 1024)));
        rig.StandIn.Server.Fault = HttpFault.Status(404).Where(request => request.Target.Contains("internetMessageHeaders", StringComparison.Ordinal));
        await rig.PollAsync();
        var asked = rig.StandIn.Server.Requests.Single(request => request.Target.Contains("internetMessageHeaders", StringComparison.Ordinal));
        await using var prism = await PrismServer.MockAsync(Description);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(prism.Url, asked.Target));
        foreach (var (name, value) in asked.Headers.Where(header => header.Key != "Host"))
            request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await http.SendAsync(request);

        Assert.True(answer.IsSuccessStatusCode);
        Assert.Empty(prism.Violations);
    }

    [SkippableFact]
    public async Task Every_answer_of_our_stand_in_and_every_request_of_a_whole_life_is_valid_by_the_description()
    {
        Needs.Prism();
        await using var rig = await GraphRig.StartAsync();
        await using var prism = await PrismServer.ProxyAsync(Description, rig.StandIn.Server.Url);
        rig.StandIn.LinkBase = prism.Url;
        await using var connector = GraphRig.Connect(
            new ConnectionContext("mail", "/nowhere", rig.Clock, rig.Log) { WebhookUrl = GraphRig.Webhook }, GraphRig.SettingsFor(prism.Url), new FakeCredential(), rig.Clock);
        rig.StandIn.ReplacesMessageIds = true;
        Assert.IsType<SendAccepted>(await connector.SendAsync(AnEmail().Key("d-1").Build(), default));
        Assert.IsType<SendAccepted>(await connector.LookUpAsync(new SendQuery("d-1", "anna@example.com", rig.Clock.GetUtcNow()), default));
        Assert.IsType<SendUnknown>(await connector.LookUpAsync(new SendQuery("d-2", "anna@example.com", rig.Clock.GetUtcNow()), default));
        for (var i = 0; i < 30; i++)
            rig.StandIn.Receive(i == 7 ? SampleMail.Ndr("d-1") : SampleMail.Reply($"d-{i}", id: $"{i}@x"));
        rig.StandIn.Delta.Left(rig.StandIn.Receive(SampleMail.Other(1)));
        var first = await connector.PollAsync(null, default);
        var second = await connector.PollAsync(first.NextCursor, default);
        rig.StandIn.Delta.Forget();
        rig.Clock.Advance(TimeSpan.FromDays(2));
        await connector.PollAsync(second.NextCursor, default);
        Assert.True((await connector.ProbeAsync(default)).Healthy);

        Assert.Equal(30, first.Items.Count + second.Items.Count);
        Assert.Empty(prism.Violations);
        Assert.True(rig.StandIn.Server.Requests.Count > 40);
        AssertOnlyKnownParameters(prism.Requests);
    }

    [SkippableFact]
    public async Task The_descriptions_properties_are_those_of_Microsofts_typings()
    {
        var folder = Needs.NodePackage("@microsoft/microsoft-graph-types");
        var typings = await File.ReadAllTextAsync(Path.Combine(folder, "node_modules", "@microsoft", "microsoft-graph-types", "microsoft-graph.d.ts"));
        var schemas = JsonNode.Parse(await File.ReadAllTextAsync(Description))!["components"]!["schemas"]!.AsObject();
        var held = 0;
        foreach (var (name, schema) in schemas.Where(schema => schema.Value!["x-typings"] is not null))
        {
            var known = Properties(typings, (string)schema!["x-typings"]!);
            foreach (var (property, kind) in schema["properties"]!.AsObject().Where(property => !property.Key.StartsWith('@')))
            {
                Assert.True(known.TryGetValue(property, out var type), $"{name}.{property} is not in Microsoft's typings");
                Assert.True(Fits((string?)kind!["type"], type!), $"{name}.{property} is {kind!["type"]} here and {type} in Microsoft's typings");
                held++;
            }
        }

        Assert.True(held > 35, $"only {held} properties were held against the typings");
    }

    private static void AssertOnlyKnownParameters(IReadOnlyList<RecordedRequest> requests)
    {
        string[] known = ["$select", "$filter", "$top", "changeType", "$deltatoken", "$skiptoken"];
        Assert.All(requests.SelectMany(request => request.Query), parameter => Assert.Contains(parameter.Key, known));
    }

    private static Dictionary<string, string> Properties(string typings, string type)
    {
        var found = new Dictionary<string, string>();
        for (var next = type; next.Length > 0;)
        {
            var declared = Regex.Match(typings, $@"export interface {next}( extends (\w+))? \{{(.*?)\n\}}", RegexOptions.Singleline);
            Assert.True(declared.Success, $"Microsoft's typings have no {next}");
            foreach (Match property in Property().Matches(declared.Groups[3].Value))
                found.TryAdd(property.Groups[1].Value, property.Groups[2].Value);
            next = declared.Groups[2].Value;
        }

        return found;
    }

    private static bool Fits(string? kind, string type) => kind switch
    {
        "boolean" => type.Contains("boolean", StringComparison.Ordinal),
        "array" => type.Contains("[]", StringComparison.Ordinal),
        "string" => !type.Contains("boolean", StringComparison.Ordinal) && !type.Contains("[]", StringComparison.Ordinal) && !type.Contains("number", StringComparison.Ordinal),
        _ => !type.Contains("string", StringComparison.Ordinal),
    };

    [GeneratedRegex(@"^\s{4}(\w+)\?: ([^;]+);", RegexOptions.Multiline)]
    private static partial Regex Property();
}
