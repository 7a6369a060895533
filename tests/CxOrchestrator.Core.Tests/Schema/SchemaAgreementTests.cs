using System.Text.Json.Nodes;
using CxOrchestrator.Core.Content.Schema;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Core.Surveys;
using CxOrchestrator.Core.Tests.Content;

namespace CxOrchestrator.Core.Tests.Schema;

/// <summary>What an editor marks by the schema is what the parser refuses, as far as a schema can say it.</summary>
public sealed class SchemaAgreementTests
{
    private const string Head = "journey: a\npurpose: feedback\ntrigger: { on: order.delivered }\nsteps:\n";

    private static readonly TinySchema Journeys = new(JsonNode.Parse(ContentSchemas.Journey())!.AsObject());
    private static readonly TinySchema Surveys = new(JsonNode.Parse(ContentSchemas.Survey())!.AsObject());

    public static TheoryData<string> GoodSteps { get; } =
    [
        "  - wait: 3d", "  - wait: next business day 09:00 in the customer's zone\n    id: pause", "  - wait: monday 10:00",
        "  - send: a\n    via: [ email, sms ]\n    survey: nps\n    purpose: service\n    expires: 2d\n    id: x",
        "  - survey: nps\n    message: a", "  - waitFor: { on: x.y, upTo: 1d, when: true }",
        "  - waitFor: { on: survey.answered, survey: nps, upTo: 1d }\n    otherwise: [ { exit: late } ]",
        "  - choose:\n      - when: answer.score <= 6\n        steps: [ { wait: 1d } ]\n      - otherwise: [ { exit: } ]",
        "  - openCase: detractor\n    due: 1 business day\n    owner: anna", "  - updateCustomer: { vip: true, score: answer.score, tier: \"'gold'\" }",
        "  - emit: order.praised\n    data: { score: 3 }", "  - exit:",
        "  - split: a\n    variants:\n      - variant: x\n        weight: 2\n        steps: [ { wait: 1d } ]\n      - variant: y\n    holdOut: 2.5%\n    watch: 2d\n"
        + "    winner: { metric: engaged, minimumSample: 500, confidence: 99.5%, then: send all to it }",
        "  - repeat: 3\n    until: answer.score >= 9\n    steps: [ { wait: 1d } ]\n    id: again", "  - wait: 1d\n    onFailure: continue", "  - emit: x.y\n    onFailure: exit",
    ];

    public static TheoryData<string> BadSteps { get; } =
    [
        "  - wiat: 3d", "  - wait: 3d\n    after: x", "  - wait:", "  - wait: soon", "  - send: a\n    via: [ emial ]", "  - send: a\n    via: []",
        "  - send: a\n    via: email", "  - send: a\n    via: [ sms, sms ]", "  - send: Big News", "  - send: a\n    purpose: fun", "  - send: a\n    id: 3x",
        "  - survey: nps", "  - waitFor: { on: x.y }", "  - waitFor: { upTo: 1d }", "  - waitFor: { on: x..y, upTo: 1d }",
        "  - waitFor: { on: x.y, upTo: 1d }\n    otherwise: []", "  - choose: []", "  - choose:\n      - when: x\n", "  - choose:\n      - otherwise: []",
        "  - openCase: detractor", "  - openCase: detractor\n    due: 1d\n    to: anna", "  - updateCustomer: {}", "  - updateCustomer: { a-b: 1 }",
        "  - updateCustomer: [ a ]", "  - emit: x y", "  - exit\n", "  - wait: 1d\n    send: a", "  - {}", "  []",
        "  - repeat: 0\n    steps: [ { wait: 1d } ]", "  - repeat: 101\n    steps: [ { wait: 1d } ]", "  - repeat: 3", "  - repeat: often\n    steps: [ { wait: 1d } ]",
        "  - wait: 1d\n    onFailure: ignore", "  - exit:\n    onFailure: stop",
        "  - split: a", "  - split: a\n    variants: []", "  - split: a\n    variants: [ { variant: x, weight: 0 }, { variant: y } ]",
        "  - split: a\n    variants: [ { weight: 1 }, { variant: y } ]", "  - split: a\n    variants: [ { variant: x }, { variant: y } ]\n    holdOut: 10",
        "  - split: a\n    variants: [ { variant: x }, { variant: y } ]\n    winner: { metric: luck, minimumSample: 500 }",
        "  - split: a\n    variants: [ { variant: x }, { variant: y } ]\n    winner: { metric: engaged }",
        "  - split: a\n    variants: [ { variant: x }, { variant: y } ]\n    winner: { metric: engaged, minimumSample: 500, then: stop }",
    ];

    public static TheoryData<string> BadHeads { get; } =
    [
        "journey: a\npurpose: feedback\nsteps: [ { wait: 1d } ]", "journey: A\npurpose: feedback\ntrigger: { on: x }\nsteps: [ { wait: 1d } ]",
        "journey: a\npurpose: fun\ntrigger: { on: x }\nsteps: [ { wait: 1d } ]", "journey: a\npurpose: feedback\ntrigger: { cron: y }\nsteps: [ { wait: 1d } ]",
        "journey: a\npurpose: feedback\ntrigger: { on: x, cron: y, zone: Etc/UTC }\nsteps: [ { wait: 1d } ]",
        "journey: a\npurpose: feedback\ntrigger: { on: x }\nreentry: often\nsteps: [ { wait: 1d } ]",
        "journey: a\npurpose: feedback\ntrigger: { on: x }\nreentry: { every: 1d, per: event.id }\nsteps: [ { wait: 1d } ]",
        "journey: a\npurpose: feedback\ntrigger: { on: x }\nexit: { on: y }\nsteps: [ { wait: 1d } ]",
        "journey: a\npurpose: feedback\ntrigger: { on: x }\ngoal: y\nsteps: [ { wait: 1d } ]", "[ a ]",
        "journey: a\npurpose: feedback\ntrigger: { on: x }\nstarts: tomorrow\nsteps: [ { wait: 1d } ]",
        "journey: a\npurpose: feedback\ntrigger: { on: x }\nends: 24.12.2026\nsteps: [ { wait: 1d } ]",
    ];

    public static TheoryData<string> GoodTriggers { get; } =
    [
        "{ on: survey.answered, survey: nps, when: answer.score <= 6, within: 2d }", "{ cron: 0 0 9 ? * MON, zone: Etc/UTC, segment: vip }", "{ date: birthday, yearly: true }",
        "{ date: ends, before: 1 month, at: 08:30, when: customer.vip, within: 2d }", "{ date: ends, after: 2 weeks }", "{ changed: plan }", "{ changed: seats, from: 3, to: '5' }",
        "{ changed: vip, to: true, when: customer.vip }", "{ enters: VIP people, already: true }", "{ leaves: vip, when: customer.vip }", "{ answer: nps, when: answer.score >= 9 }",
        "{ silence: order.placed, for: 60d }", "{ silence: order.placed, for: 60 days at 10:00, sinceKnown: true, already: false, when: customer.vip }",
    ];

    public static TheoryData<string> BadTriggers { get; } =
    [
        "{ date: birth day }", "{ date: birthday, every: year }", "{ date: birthday, yearly: often }", "{ date: birthday, at: 25:00 }", "{ date: birthday, before: soon }", "{ yearly: true }",
        "{ changed: plan, to: [ a ] }", "{ changed: [ a ] }", "{ enters: }", "{ enters: vip, leaves: vip }", "{ leaves: vip, already: true }", "{ answer: NPS }", "{ answer: nps, survey: nps }",
        "{ silence: order.placed }", "{ for: 3d }", "{ silence: order placed, for: 3d }", "{ silence: x, for: ever }", "{}", "birthday",
    ];

    public static TheoryData<string, string> BadSurveys { get; } = new()
    {
        { "kind: nps", "kind: stars" }, { "survey: nps", "survey: Big Survey" }, { "language: en", "langauge: en" },
        { "due: 1 business day", "dew: 1 business day" }, { "    kind: nps\n", "" }, { "    title: Your opinion\n", "" }, { "expires: 30d", "expires: soon" },
    };

    [Theory]
    [MemberData(nameof(GoodSteps))]
    public void Both_take_good_steps(string steps) => Agree(Head + steps, true);

    [Theory]
    [MemberData(nameof(BadSteps))]
    public void Both_refuse_bad_steps(string steps) => Agree(Head + steps, false);

    [Theory]
    [MemberData(nameof(BadHeads))]
    public void Both_refuse_bad_journeys(string yaml) => Agree(yaml, false);

    [Theory]
    [MemberData(nameof(GoodTriggers))]
    public void Both_take_good_triggers(string trigger) => Agree(Around(trigger), true);

    [Theory]
    [MemberData(nameof(BadTriggers))]
    public void Both_refuse_bad_triggers(string trigger) => Agree(Around(trigger), false);

    [Fact]
    public void Both_take_the_starter_content()
    {
        foreach (var (path, text) in Repository.Templates().Where(file => file.Key.EndsWith(".yaml", StringComparison.Ordinal)))
        {
            if (path.StartsWith("journeys/", StringComparison.Ordinal))
                Agree(text, true);
            else
                AgreeOnSurvey(text, true);
        }
    }

    [Theory]
    [MemberData(nameof(BadSurveys))]
    public void Both_refuse_bad_surveys(string good, string bad)
    {
        var text = Repository.Template("surveys/nps.yaml");
        Assert.Contains(good, text, StringComparison.Ordinal);
        AgreeOnSurvey(text.Replace(good, bad, StringComparison.Ordinal), false);
    }

    private static string Around(string trigger) => $"journey: a\npurpose: feedback\ntrigger: {trigger}\nsteps: [ {{ wait: 1d }} ]";

    private static void Agree(string yaml, bool good)
    {
        var parse = JourneyParser.Parse(yaml, "a.yaml");
        Assert.True(good == parse.Journey is not null, string.Join('\n', parse.Faults));
        Assert.Equal(good, Journeys.Accepts(YamlAsJson.Read(yaml)));
    }

    private static void AgreeOnSurvey(string yaml, bool good)
    {
        var parse = SurveyParser.Parse(yaml, "a.yaml");
        Assert.True(good == parse.Survey is not null, string.Join('\n', parse.Faults));
        Assert.Equal(good, Surveys.Accepts(YamlAsJson.Read(yaml)));
    }
}
