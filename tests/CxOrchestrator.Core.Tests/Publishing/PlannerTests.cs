using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Core.Publishing;

namespace CxOrchestrator.Core.Tests.Publishing;

public sealed class PlannerTests
{
    private const string Older = """
        - { wait: 3d, id: pause }
        - { send: ask, id: invite }
        - choose:
          - when: customer.vip
            steps: [ { send: thanks, id: vip } ]
          id: which
        - { wait: 1d, id: last }
        """;

    [Fact]
    public void Rules_that_name_step_and_version_go_first_and_what_is_said_with_the_call_goes_before_the_file()
    {
        var plan = Plan(
            "- { wait: 5d, id: pause }\n- { exit: , id: done }",
            "moves: [ { from: any, to: exit }, { from: pause, to: pause }, { from: pause, version: 2, to: stay }, { from: last, to: done } ]",
            [new MoveRule { From = "last", To = "stay" }], (1, Older), (2, Older));

        Assert.Equal(new Fate.Move("pause", false), FateOf(plan, 1, "pause"));
        Assert.Equal(new Fate.Stay(), FateOf(plan, 2, "pause"));
        Assert.Equal(new Fate.Leave("step invite of version 1 is given up"), FateOf(plan, 1, "invite"));
        Assert.Equal(new Fate.Stay(), FateOf(plan, 2, "last"));
        Assert.Equal((10L, 60L, 30L), (plan.Moving, plan.Leaving, plan.Staying));
    }

    [Fact]
    public void A_removed_step_of_which_nothing_is_said_is_told_and_a_same_of_another_kind_stays()
    {
        var plan = Plan("- { wait: 5d, id: invite }", "moves: [ { from: invite, to: same } ]", [], (1, Older));

        Assert.Equal("the new version has no such step, and nothing is said", plan.Steps.Single(step => step.Step == "pause").Note);
        Assert.Equal((new Fate.Stay(), "the new version has no step of this id and kind"), plan.Steps.Single(step => step.Step == "invite") is var step ? ((Fate.Stay)step.Fate, step.Note) : default);
    }

    [Fact]
    public void Differences_are_told_by_rule_and_by_step_with_what_in_them_changes()
    {
        var plan = Plan(
            Older.Replace("3d", "2 days at 18:30", StringComparison.Ordinal).Replace("customer.vip", "customer.points > 3", StringComparison.Ordinal)
                .Replace("- { wait: 1d, id: last }", "- { openCase: detractor, due: 1d, id: case }", StringComparison.Ordinal),
            "exit: [ { on: order.returned } ]", [], (1, Older));

        Assert.Equal(["exit: nothing → order.returned"], plan.Diff.Rules);
        Assert.Equal(
            [
                new(StepChangeKind.Changed, "pause", "wait: 3d → 2d at 18:30"), new(StepChangeKind.Changed, "which", "choose: customer.vip → vip → customer.points > 3 → vip; then: last → case"),
                new(StepChangeKind.Changed, "vip", "then: last → case"), new(StepChangeKind.Added, "case", "openCase: detractor, due: 1d in the company's zone"),
                new StepChange(StepChangeKind.Removed, "last", "wait: 1d"),
            ],
            plan.Diff.Steps.Select(change => change with { What = change.What.Replace("2 days", "2d", StringComparison.Ordinal) }));
    }

    [Fact]
    public void Only_what_may_have_been_passed_on_the_way_counts_as_had()
    {
        // Nobody at 'pause' has had anything; whoever stands at 'last' may have had either message.
        Assert.Empty(Plan(Older, "goal: { on: order.returned }\nmoves: [ { from: pause, to: pause } ]", [], (1, Older)).Faults);
        Assert.Contains("'thanks' (step 'vip')", Fault("last", "vip", Older.Replace("- { send: ask, id: invite }", "- { send: thanks, id: vip }", StringComparison.Ordinal).Replace("[ { send: thanks, id: vip } ]", "[ { exit: } ]", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("'ask' (step 'invite')", Fault("last", "pause", Older), StringComparison.Ordinal);
        Assert.Empty(Plan(Older, "goal: { on: order.returned }\nmoves: [ { from: last, to: last } ]", [], (1, Older)).Faults);
    }

    [Fact]
    public void The_name_is_of_file_base_and_rules_and_not_of_people()
    {
        var one = Plan(Older, "", [], (1, "- wait: 1d"));
        Assert.Matches("^[0-9a-f]{12}$", one.Id);
        Assert.Equal(one.Id, Plan(Older, "", [], people: 99, (1, "- wait: 1d")).Id);
        Assert.NotEqual(one.Id, Plan(Older + " ", "", [], (1, "- wait: 1d")).Id);
        Assert.NotEqual(one.Id, Plan(Older, "", [new MoveRule { From = "1", To = "pause" }], (1, "- wait: 1d")).Id);
        Assert.NotEqual(one.Id, Plan(Older, "", [], (1, "- wait: 1d"), (2, "- wait: 2d")).Id);
    }

    [Fact]
    public void Faults_of_moves_stand_where_they_are()
    {
        var parse = JourneyParser.Parse(Text("- { wait: 1d, id: stay }", """
            moves:
              - { from: a, to: stay }
              - { from: a, to: b, reason: x }
              - { from: b, to: exit, version: none }
              - { from: c, too: exit }
            """), "j.yaml");

        Assert.Equal(
            [
                "j.yaml:6:20: error: 'stay' means here what becomes of people, and is a step's id too. Give that step another id.",
                "j.yaml:7:5: error: Of 'a' is said already in line 6. Remove one.",
                "j.yaml:7:20: error: This journey has no step 'b'. Write a step's id, or same or stay or exit.",
                "j.yaml:7:31: error: 'reason' goes with to: exit. Remove it.",
                "j.yaml:8:35: error: 'none' is no version. Write a number from 1, or leave it out for every older version.",
                "j.yaml:9:5: error: The key 'to' is missing: A step of this version; same for the step of the same id; stay to finish on the older version; exit to leave.",
                "j.yaml:9:16: error: Unknown key 'too'. Did you mean 'to'? The keys here are from, to, version, reason, now, again.",
            ],
            parse.Faults.Select(fault => fault.ToString()));
    }

    private static string Fault(string from, string to, string newer) =>
        Assert.Single(Plan(newer, $"goal: {{ on: order.returned }}\nmoves: [ {{ from: {from}, to: {to} }} ]", [], (1, Older)).Faults).Text;

    private static Fate FateOf(PublishPlan plan, int version, string step) => plan.Steps.Single(one => one.Version == version && one.Step == step).Fate;

    private static string Text(string steps, string more) =>
        $"journey: j\npurpose: service\ntrigger: {{ on: order.delivered }}\n\n{more}\nsteps:\n{string.Join('\n', steps.Split('\n').Select(line => "  " + line))}\n";

    private static PublishPlan Plan(string steps, string more, IReadOnlyList<MoveRule> said, params (int Version, string Steps)[] older) => Plan(steps, more, said, 10, older);

    private static PublishPlan Plan(string steps, string more, IReadOnlyList<MoveRule> said, long people, params (int Version, string Steps)[] older)
    {
        var versions = older.ToDictionary(one => one.Version, one => JourneyParser.Parse(Text(one.Steps, ""), "older.yaml", one.Version).Journey!);
        var newest = older[^1];
        var text = Text(steps, more);
        var parse = JourneyParser.Parse(text, "j.yaml");
        Assert.True(parse.Journey is not null, string.Join('\n', parse.Faults));
        return Planner.Plan(new PlanInput
        {
            Parse = parse,
            Items = [(ContentKind.Journey, "j", text)],
            InForce = new PublishedContent(ContentKind.Journey, "j", newest.Version, Text(newest.Steps, ""), DateTimeOffset.UnixEpoch),
            Versions = versions,
            Standing = [.. versions.Values.SelectMany(journey => journey.Steps.Select(step => new Standing(journey.Version, step.Id, people)))],
            Said = said,
        });
    }
}
