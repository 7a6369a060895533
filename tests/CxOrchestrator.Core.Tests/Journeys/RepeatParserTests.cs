using CxOrchestrator.Core.Journeys;

namespace CxOrchestrator.Core.Tests.Journeys;

public sealed class RepeatParserTests
{
    [Fact]
    public void The_steps_of_a_round_lead_back_and_the_walk_goes_on_below()
    {
        var parse = Parse("""
              - repeat: 3
                until: answer.score >= 9
                id: ask-again
                steps:
                  - send: ask
                    id: ask
                    survey: nps
                  - waitFor: { on: survey.answered, of: ask, upTo: 2d }
                    otherwise:
                      - wait: 1d
              - send: thanks
                onFailure: continue
              - waitFor: { on: survey.answered, of: ask, upTo: 2d }
                onFailure: exit
            """);

        Assert.Empty(parse.Faults.Select(fault => fault.ToString()));
        var steps = parse.Journey!.Steps;
        var repeat = Assert.IsType<RepeatStep>(steps[0]);
        Assert.Equal(("ask-again", 3, 1, 4, "answer.score >= 9"), (repeat.Id, repeat.Most, repeat.First, repeat.Next, repeat.Until!.Source));
        Assert.Equal([("ask", 2), ("1.2", 0), ("1.2.otherwise.1", 0), ("2", 5), ("3", Step.End)], steps.Skip(1).Select(step => (step.Id, step.Next)));
        Assert.Equal(3, Assert.IsType<WaitForStep>(steps[2]).Otherwise);
        Assert.Equal([StepFailure.Stop, StepFailure.Continue, StepFailure.Exit], steps.Where((_, index) => index is 0 or 4 or 5).Select(step => step.OnFailure));
    }

    [Fact]
    public void The_days_of_a_journey_are_read()
    {
        var journey = JourneyParser.Parse("journey: a\npurpose: feedback\ntrigger: { on: x }\nstarts: 2026-12-01\nends: 2026-12-24\nsteps: [ { wait: 1d } ]\n", "a.yaml").Journey!;
        Assert.Equal((new DateOnly(2026, 12, 1), new DateOnly(2026, 12, 24)), (journey.Starts, journey.Ends));
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        Assert.Equal("the journey starts on 2026-12-01", journey.ClosedAt(new(2026, 11, 30, 22, 59, 59, TimeSpan.Zero), berlin));
        Assert.Null(journey.ClosedAt(new(2026, 11, 30, 23, 0, 0, TimeSpan.Zero), berlin));
        Assert.Null(journey.ClosedAt(new(2026, 12, 24, 22, 59, 59, TimeSpan.Zero), berlin));
        Assert.Equal("the journey has ended on 2026-12-24", journey.ClosedAt(new(2026, 12, 24, 23, 0, 0, TimeSpan.Zero), berlin));
    }

    [Theory]
    [InlineData("trigger: { on: x }\nends: 2026-02-30\nsteps: [ { wait: 1d } ]", 4, 7, "is no day")]
    [InlineData("trigger: { on: x }\nstarts: 2026-12-24\nends: 2026-12-01\nsteps: [ { wait: 1d } ]", 5, 7, "would end before it starts (2026-12-24)")]
    [InlineData("trigger: { on: x }\nsteps:\n  - repeat: 200\n    steps: [ { wait: 1d } ]", 5, 13, "from 1 to 100")]
    [InlineData("trigger: { on: x }\nsteps:\n  - repeat: 2\n    until: \"answer.score >\"\n    steps: [ { wait: 1d } ]", 6, 0, "answer.score >")]
    [InlineData("trigger: { on: x }\nsteps:\n  - wait: 1d\n    onFailure: contineu", 6, 16, "Did you mean 'continue'?")]
    [InlineData("trigger: { on: x }\nsteps:\n  - repeat: 2\n    steps: [ { exit: } ]\n  - wait: 1d", 7, 5, "Nobody comes to this step")]
    public void What_is_wrong_is_told_with_its_place(string rest, int line, int column, string said)
    {
        var fault = Assert.Single(JourneyParser.Parse($"journey: a\npurpose: feedback\n{rest}\n", "a.yaml").Faults);
        Assert.Equal(line, fault.Line);
        Assert.True(column == 0 || fault.Column == column, $"column {fault.Column}");
        Assert.Contains(said, fault.Text, StringComparison.Ordinal);
    }

    private static JourneyParse Parse(string steps) => JourneyParser.Parse("journey: a\npurpose: feedback\ntrigger: { on: x }\nsteps:\n" + steps, "a.yaml");
}
