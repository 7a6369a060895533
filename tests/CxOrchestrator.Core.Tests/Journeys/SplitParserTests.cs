using CxOrchestrator.Core.Journeys;

namespace CxOrchestrator.Core.Tests.Journeys;

public sealed class SplitParserTests
{
    [Fact]
    public void A_split_leads_to_the_steps_of_its_variants_and_goes_on_below()
    {
        var parse = Parse("""
              - split: subject-line
                variants:
                  - variant: short
                    weight: 2
                    steps: [ { send: short }, { wait: 1d } ]
                  - variant: long
                    steps:
                      - send: long
                        id: invite
                        survey: nps
                  - variant: nothing
                holdOut: 7.5%
                watch: 14d
                winner: { metric: goal, minimumSample: 500, confidence: 99%, then: tell only }
              - waitFor: { on: survey.answered, of: invite, upTo: 3d }
            """);

        Assert.Empty(parse.Faults.Select(fault => fault.ToString()));
        var split = Assert.IsType<SplitStep>(parse.Journey!.Steps[0]);
        Assert.Equal("subject-line", split.Id);
        Assert.Equal([new SplitVariant("short", 2, 1), new SplitVariant("long", 1, 3), new SplitVariant("nothing", 1, 4)], split.Variants);
        Assert.Equal((750, Duration.OfDays(14), 4), (split.HoldOut, split.Watch, split.Next));
        Assert.Equal(new WinnerRule(SplitMetric.Goal, 500, 0.99, WinnerThen.Tell), split.Winner);
        Assert.Equal(["subject-line", "1.short.1", "1.short.2", "invite", "2"], parse.Journey.Steps.Select(step => step.Id));
        Assert.Equal([1, 2, 4, 4, Step.End], parse.Journey.Steps.Select(step => step is SplitStep ? 1 : step.Next));
    }

    [Fact]
    public void What_is_left_out_is_30_days_nobody_held_out_and_no_winner()
    {
        var split = Assert.IsType<SplitStep>(Parse("  - split: a\n    variants: [ { variant: x }, { variant: y } ]").Journey!.Steps[0]);
        Assert.Equal((0, Duration.OfDays(30), null), (split.HoldOut, split.Watch, split.Winner));
        var winner = Assert.IsType<SplitStep>(Parse(
            "  - split: a\n    variants: [ { variant: x }, { variant: y } ]\n    winner: { metric: engaged, minimumSample: 100 }").Journey!.Steps[0]).Winner;
        Assert.Equal(new WinnerRule(SplitMetric.Engaged, 100, 0.95, WinnerThen.SendAll), winner);
    }

    [Fact]
    public void A_split_whose_variants_all_end_ends_the_walk()
    {
        var parse = Parse("  - split: a\n    variants: [ { variant: x, steps: [ { exit: } ] }, { variant: y, steps: [ { exit: } ] } ]\n  - wait: 1d");
        Assert.Contains("Nobody comes to this step", Assert.Single(parse.Faults).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("variants: [ { variant: x } ]", 7, 15, "One variant is no split")]
    [InlineData("variants: [ { variant: x }, { variant: x } ]", 7, 44, "The variant 'x' stands here twice")]
    [InlineData("variants: [ { variant: hold-out }, { variant: x } ]", 7, 28, "Take another name")]
    [InlineData("variants: [ { variant: x, weight: 0 }, { variant: y } ]", 7, 39, "write a whole number from 1 to 10000")]
    [InlineData("variants: [ { variant: x, weight: 10000 }, { variant: y } ]\n    holdOut: 90%", 7, 15, "has less than one in 10000 people")]
    [InlineData("variants: [ { variant: x, wieght: 1 }, { variant: y } ]", 7, 31, "Did you mean 'weight'?")]
    [InlineData("variants: [ { variant: x }, { variant: y } ]\n    holdOut: 10", 8, 14, "write a share from 0.01% to 90%")]
    [InlineData("variants: [ { variant: x }, { variant: y } ]\n    holdOut: 95%", 8, 14, "write a share from 0.01% to 90%")]
    [InlineData("variants: [ { variant: x }, { variant: y } ]\n    watch: 0d", 8, 12, "Nothing can be counted in no time")]
    [InlineData("variants: [ { variant: x } ]\n    holdOut: 10%\n    winner: { metric: goal, minimumSample: 100 }", 9, 13, "One variant can't win")]
    [InlineData("variants: [ { variant: x }, { variant: y } ]\n    winner: { metric: gaol, minimumSample: 100 }", 8, 23, "Did you mean 'goal'?")]
    [InlineData("variants: [ { variant: x }, { variant: y } ]\n    winner: { metric: goal, minimumSample: 9 }", 8, 44, "write a whole number from 100")]
    [InlineData("variants: [ { variant: x }, { variant: y } ]\n    winner: { metric: goal, minimumSample: 100, confidence: 100% }", 8, 61, "from 80% to 99.9%")]
    [InlineData("variants: [ { variant: x }, { variant: y } ]\n    winner: { metric: goal, minimumSample: 100, then: go }", 8, 55, "send all to it or tell only")]
    [InlineData("variants: [ { variant: x }, { variant: y } ]\n    winner: { metric: score, minimumSample: 100 }", 8, 23, "No step of the journey asks a survey")]
    public void What_is_wrong_is_told_with_its_place(string rest, int line, int column, string said)
    {
        var fault = Assert.Single(Parse($"  - split: a\n    {rest}").Faults);
        Assert.Equal((line, column), (fault.Line, fault.Column));
        Assert.Contains(said, fault.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_winner_by_the_goal_needs_a_goal()
    {
        var parse = JourneyParser.Parse(
            "journey: a\npurpose: feedback\ntrigger: { on: x }\nsteps:\n  - split: a\n    variants: [ { variant: x }, { variant: y } ]\n    winner: { metric: goal, minimumSample: 100 }\n", "a.yaml");
        Assert.Contains("The journey has no goal", Assert.Single(parse.Faults).Text, StringComparison.Ordinal);
    }

    private static JourneyParse Parse(string steps) =>
        JourneyParser.Parse("journey: a\npurpose: feedback\ntrigger: { on: x }\ngoal: { on: y }\nsteps:\n" + steps, "a.yaml");
}
