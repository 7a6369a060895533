using System.Text.Json;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Journeys;

namespace CxOrchestrator.Core.Tests.Journeys;

public sealed class JourneyConditionTests
{
    private const string Yaml = """
        journey: post-delivery
        purpose: feedback
        trigger: { on: order.delivered, when: event.data.total >= 20 }
        reentry: { per: event.data.order_id }
        goal: { on: survey.answered, survey: nps, when: event.data.score > 8 || event.data.score == 0 }
        steps:
          - choose:
              - when: answer.score <= 6
                steps: [ { exit: unhappy } ]
              - when: "answer.score >= 9"
                steps: [ { wait: 1d }, { wait: 2d } ]
              - otherwise: [ { wait: 3d } ]
          - updateCustomer: { nps: answer.score, tier: "'gold'", vip: true }
          - emit: nps.given
            data: { double: answer.score * 2 }
        """;

    [Fact]
    public void A_choose_step_names_the_first_step_of_each_branch_and_all_join_below()
    {
        var journey = Parse(Yaml);
        var choose = Assert.IsType<ChooseStep>(journey.Steps[0]);
        Assert.Equal([1, 2, 4], choose.Branches.Select(branch => branch.Target));
        Assert.Null(choose.Branches[2].When);
        Assert.Equal(5, choose.Next);
        Assert.Equal([5, -1, 3, 5, 5, 6, -1], journey.Steps.Select(step => step.Next));
        Assert.Equal(["1", "1.1.1", "1.2.1", "1.2.2", "1.otherwise.1", "2", "3"], journey.Steps.Select(step => step.Id));
    }

    [Theory]
    [InlineData(5, true, false)]
    [InlineData(6, true, false)]
    [InlineData(7, false, false)]
    [InlineData(9, false, true)]
    [InlineData(null, false, false)]
    public void Conditions_see_the_answer_and_no_answer_takes_no_branch(int? score, bool low, bool high)
    {
        var choose = (ChooseStep)Parse(Yaml).Steps[0];
        var model = Model(score is null ? null : new { score });
        Assert.Equal(low, choose.Branches[0].When!.Holds(model, out var error));
        Assert.Null(error);
        Assert.Equal(high, choose.Branches[1].When!.Holds(model, out error));
        Assert.Null(error);
    }

    [Fact]
    public void Values_are_expressions()
    {
        var journey = Parse(Yaml);
        var model = Model(new { score = 4 });
        var update = (UpdateCustomerStep)journey.Steps[5];
        Assert.Equal(["nps", "tier", "vip"], update.Set.Keys);
        Assert.Equal("gold", update.Set["tier"].Value(model, out _));
        Assert.Equal(true, update.Set["vip"].Value(model, out _));
        Assert.Equal("4", update.Set["nps"].Value(model, out _)?.ToString());
        Assert.Equal("8", ((EmitStep)journey.Steps[6]).Data["double"].Value(model, out _)?.ToString());
    }

    [Theory]
    [InlineData("nps", 9, true)]
    [InlineData("nps", 0, true)]
    [InlineData("nps", 7, false)]
    [InlineData("csat", 9, false)]
    [InlineData("csat", 0, false)]
    public void A_rule_on_a_survey_holds_for_that_survey_alone(string survey, int score, bool holds)
    {
        var model = new Dictionary<string, object?> { ["event"] = Json.ToMap(JsonSerializer.SerializeToElement(new { data = new { survey, score } })) };
        Assert.Equal(holds, Parse(Yaml).Goal!.When!.Holds(model, out var error));
        Assert.Null(error);
    }

    [Theory]
    [InlineData("answer.score <= ", "10:15")]
    [InlineData("\"answer.score <=\"", "10:15")]
    [InlineData("answer.score <= 6 )", "10:15")]
    public void A_broken_condition_is_told_at_its_place(string when, string near)
    {
        var parse = JourneyParser.Parse($$"""
            journey: a
            purpose: feedback
            trigger:
              on: x
            # one
            # two
            # three
            steps:
              - choose:
                - when: {{when}}
                  steps: [ { wait: 1d } ]
            """, "a.yaml");
        Assert.Null(parse.Journey);
        var fault = Assert.Single(parse.Faults);
        Assert.Equal(int.Parse(near.Split(':')[0], null), fault.Line);
        Assert.InRange(fault.Column, 13, 40);
        Assert.Contains("In 'answer.score <=", fault.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("when: answer.score <= )", 7, 31)]
    [InlineData("when: \"answer.score <= )\"", 7, 32)]
    [InlineData("when: |\n          answer.score <= )", 8, 27)]
    public void The_place_in_a_condition_is_a_place_in_the_file(string when, int line, int column)
    {
        var parse = JourneyParser.Parse(
            "journey: a\npurpose: service\ntrigger: { on: x }\nsteps:\n  - choose:\n    -\n        " + when + "\n        steps: [ { wait: 1d } ]", "a.yaml");
        var fault = parse.Faults[0];
        Assert.Equal(line, fault.Line);
        Assert.InRange(fault.Column, column - 1, column + 1);
    }

    [Fact]
    public void Of_may_name_what_any_branch_above_has_sent_but_not_what_another_branch_sends()
    {
        const string head = "journey: a\npurpose: feedback\ntrigger: { on: x }\nsteps:\n  - choose:\n";
        const string first = "      - { when: customer.vip, steps: [ { send: a, id: first } ] }\n";
        const string waits = "{ waitFor: { on: delivery.accepted, of: first, upTo: 1d } }";
        Assert.NotNull(JourneyParser.Parse(head + first + "  - " + waits, "a.yaml").Journey);
        var parse = JourneyParser.Parse(head + first + $"      - otherwise: [ {waits} ]", "a.yaml");
        Assert.Contains("No send or survey step before this one has the id 'first'", Assert.Single(parse.Faults).Text, StringComparison.Ordinal);
    }

    private static Journey Parse(string yaml)
    {
        var parse = JourneyParser.Parse(yaml, "a.yaml");
        Assert.Empty(parse.Faults);
        return parse.Journey!;
    }

    private static Dictionary<string, object?> Model(object? answer) => TemplateModels.ForJourney(
        new Customer { Id = Guid.Empty, Locale = "en", TimeZone = "Etc/UTC", CreatedAt = default, ChangedAt = default },
        new EnrolmentContext { Answer = answer is null ? null : JsonSerializer.SerializeToElement(answer) }, "post-delivery", "");
}
