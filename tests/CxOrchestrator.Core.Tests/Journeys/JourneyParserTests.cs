using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Journeys;

namespace CxOrchestrator.Core.Tests.Journeys;

public sealed class JourneyParserTests
{
    [Fact]
    public void A_journey_compiles_to_flat_steps_that_name_their_successors()
    {
        var journey = Good("""
            journey: after-delivery
            purpose: feedback
            touchpoint: delivery
            trigger: { on: order.delivered, within: 2d }
            reentry: { every: 90d }
            exit: [ { on: order.returned } ]
            goal: { on: survey.answered }
            steps:
              - wait: 3d
              - survey: nps
                message: nps-invitation
                id: invite
                via: [ email, sms ]
                expires: 5d
              - waitFor: { on: survey.answered, of: invite, upTo: 5d }
                otherwise:
                  - send: nps-reminder
                    survey: nps
                    purpose: service
                  - waitFor: { on: survey.answered, of: invite, upTo: 9d }
                    otherwise:
                      - exit: no answer
              - emit: feedback.given
              - exit:
            """);

        Assert.Equal("after-delivery", journey.Key);
        Assert.Equal(Purpose.Feedback, journey.Purpose);
        Assert.Equal("delivery", journey.Touchpoint);
        Assert.Equal(new EventTrigger("order.delivered", null, Duration.OfDays(2)), journey.Trigger);
        Assert.Equal(new Reentry.Every(Duration.OfDays(90)), journey.Reentry);
        Assert.Equal([new EventRule("order.returned", null)], journey.Exits);
        Assert.Equal(new EventRule("survey.answered", null), journey.Goal);
        Assert.Equal(
            ["1 WaitStep > 1", "invite SendStep > 2", "3 WaitForStep > 6", "3.otherwise.1 SendStep > 4", "3.otherwise.2 WaitForStep > 6",
             "3.otherwise.2.otherwise.1 ExitStep > -1", "4 EmitStep > 7", "5 ExitStep > -1"],
            journey.Steps.Select(step => $"{step.Id} {step.GetType().Name} > {step.Next}"));
        Assert.Equal(3, Assert.IsType<WaitForStep>(journey.Steps[2]).Otherwise);
        Assert.Equal(5, Assert.IsType<WaitForStep>(journey.Steps[4]).Otherwise);
        var invite = Assert.IsType<SendStep>(journey.Steps[1]);
        Assert.Equal(("nps-invitation", "nps", Duration.OfDays(5)), (invite.Message, invite.Survey, invite.ExpiresAfter));
        Assert.Equal([Channel.Email, Channel.Sms], invite.Via);
        var reminder = Assert.IsType<SendStep>(journey.Steps[3]);
        Assert.Equal([Channel.Email], reminder.Via);
        Assert.Equal(Purpose.Service, reminder.Purpose);
        Assert.Equal("no answer", Assert.IsType<ExitStep>(journey.Steps[5]).Reason);
        Assert.Equal(10, invite.Line);
    }

    [Fact]
    public void A_wait_without_otherwise_goes_on_below_when_time_runs_out()
    {
        var journey = Good(Steps("""
              - waitFor: { on: order.paid, upTo: 2 days at 18:30 }
              - wait: 1h
            """));
        var waitFor = Assert.IsType<WaitForStep>(journey.Steps[0]);
        Assert.Equal((1, 1), (waitFor.Next, waitFor.Otherwise));
        Assert.Equal(Step.End, journey.Steps[1].Next);
    }

    [Fact]
    public void A_schedule_begins_a_journey_too()
    {
        var journey = Good("""
            journey: monday-news
            purpose: marketing
            trigger: { cron: 0 0 9 ? * MON, zone: europe/berlin, segment: subscribers }
            reentry: always
            steps: [ { send: news } ]
            """);
        Assert.Equal(new ScheduleTrigger("0 0 9 ? * MON", "Europe/Berlin", "subscribers", null), journey.Trigger);
        Assert.Equal(new Reentry.Always(), journey.Reentry);
    }

    [Fact]
    public void A_customer_begins_a_journey_once_where_nothing_is_said() =>
        Assert.Equal(new Reentry.Once(), Good(Steps("  - wait: 1h")).Reentry);

    [Fact]
    public void A_case_is_due_in_the_companys_zone()
    {
        var step = Assert.IsType<OpenCaseStep>(Good(Steps("  - { openCase: detractor, due: 1 business day, owner: anna }")).Steps[0]);
        Assert.Equal(ZoneOf.Company, step.Due.Zone);
        Assert.Equal(1, step.Due.After.BusinessDays);
        Assert.Equal(("detractor", "anna"), (step.Kind, step.Owner));
    }

    [Theory]
    [InlineData("  - wiat: 3d", "6:5", "Unknown step 'wiat'. Did you mean 'wait'?")]
    [InlineData("  - send: a\n    vai: [ email ]", "7:5", "Unknown key 'vai'. Did you mean 'via'?")]
    [InlineData("  - send: a\n    via: [ emial ]", "7:12", "'emial' is unknown here. Did you mean 'email'?")]
    [InlineData("  - send: a\n    via: [ email, email ]", "7:19", "'email' stands here twice")]
    [InlineData("  - send: a\n    via: []", "7:10", "The list is empty")]
    [InlineData("  - send: a\n    send: b", "7:5", "The key 'send' stands here twice; the first is in line 6")]
    [InlineData("  - wait: 3 moons", "6:11", "'moons' is no unit of time")]
    [InlineData("  - wait:", "6:10", "Here stands nothing, where a text belongs")]
    [InlineData("  - wait: 1d\n    send: a", "6:5", "One step does one thing; here stand 'wait' and 'send'")]
    [InlineData("  - note: hello", "6:5", "This step says nothing to do")]
    [InlineData("  - exit", "6:5", "Here stands 'exit', where a step belongs")]
    [InlineData("  - send: Big News", "6:11", "a name is of lower case letters, digits and dashes")]
    [InlineData("  - send: a\n    purpose: feedbak", "7:14", "Did you mean 'feedback'?")]
    [InlineData("  - send: a\n    id: x\n  - send: b\n    id: x", "9:9", "The id 'x' is taken by the step in line 6")]
    [InlineData("  - waitFor: { on: survey.answered }", "6:14", "The key 'upTo' is missing")]
    [InlineData("  - waitFor: { on: survey.answered, upTo: 1d, of: invite }\n  - { send: a, id: invite }", "6:51", "No send or survey step before this one has the id 'invite'")]
    [InlineData("  - { send: a, id: invite }\n  - waitFor: { on: survey.answered, upTo: 1d, of: invte }", "7:51", "Did you mean 'invite'?")]
    [InlineData("  - { send: a, id: invite }\n  - waitFor: { on: survey.answered, upTo: 1d, of: invite }", "7:51", "carries no survey")]
    [InlineData("  - waitFor: { on: order.paid, survey: nps, upTo: 1d }", "6:40", "'survey' goes with on: survey.answered")]
    [InlineData("  - waitFor: { on: order.paid, upTo: 1d }\n    otherwise: []", "7:16", "at least one step belongs here")]
    [InlineData("  - choose: []", "6:13", "at least one branch belongs here")]
    [InlineData("  - choose:\n      - steps: [ { wait: 1d } ]", "7:9", "The key 'when' is missing")]
    [InlineData("  - openCase: detractor", "6:5", "The key 'due' is missing")]
    [InlineData("  - openCase: detractor\n    due: 1 business dya", "7:10", "'business' is no unit of time")]
    [InlineData("  - updateCustomer: {}", "6:21", "an empty map")]
    [InlineData("  - emit: order..x", "6:11", "an event's type is of words with dots between them")]
    [InlineData("  - &a { wait: 1d }\n  - *a", "6:5", "anchors (&) and aliases (*) aren't taken")]
    public void A_bad_step_is_refused_with_its_place_and_what_to_do(string steps, string place, string text) =>
        Refused(Steps(steps), place, text);

    [Theory]
    [InlineData("journey: a\npurpose: feedback\ntrigger: { on: x }\nsteps: []", "4:8", "The list is empty")]
    [InlineData("journey: a\npurpose: feedback\ntriger: { on: x }\nsteps: [ { wait: 1d } ]", "3:1", "Unknown key 'triger'. Did you mean 'trigger'?")]
    [InlineData("journey: a\npurpose: feedback\ntriger: { on: x }\nsteps: [ { wait: 1d } ]", "1:1", "The key 'trigger' is missing")]
    [InlineData("journey: a\npurpose: feedback\ntrigger: { on: x, cron: y }\nsteps: [ { wait: 1d } ]", "3:10", "One thing begins a journey")]
    [InlineData("journey: a\npurpose: feedback\ntrigger: { cron: y }\nsteps: [ { wait: 1d } ]", "3:10", "The key 'zone' is missing")]
    [InlineData("journey: a\npurpose: feedback\ntrigger: { cron: y, zone: Asia/Bankok }\nsteps: [ { wait: 1d } ]", "3:27", "Did you mean 'Asia/Bangkok'?")]
    [InlineData("journey: a\npurpose: feedback\ntrigger: { on: x }\nreentry: sometimes\nsteps: [ { wait: 1d } ]", "4:10", "Here stands 'sometimes', where a re-entry rule belongs")]
    [InlineData("journey: a\npurpose: feedback\ntrigger: { on: x }\nreentry: { evry: 3d }\nsteps: [ { wait: 1d } ]", "4:12", "Did you mean 'every'?")]
    [InlineData("journey: a\npurpose: feedback\ntrigger: { on: x }\nexit: { on: y }\nsteps: [ { wait: 1d } ]", "4:7", "where a list belongs")]
    [InlineData("", "1:1", "The file is empty")]
    [InlineData("just words", "1:1", "Here stands 'just words', where keys with values belong")]
    [InlineData("journey: a\n  purpose: b: c", "2:10", "This is no valid YAML")]
    [InlineData("journey: [", "2:1", "This is no valid YAML")]
    [InlineData("a: b\n---\nc: d", "2:1", "One file holds one document")]
    public void A_bad_journey_is_refused_with_its_place_and_what_to_do(string yaml, string place, string text) => Refused(yaml, place, text);

    [Fact]
    public void All_faults_are_told_at_once_in_the_order_of_the_file()
    {
        var parse = JourneyParser.Parse("""
            journey: Bad Name
            purpose: feedbak
            trigger: { on: 7up }
            reentry: { every: 3 moons }
            steps:
              - wait: x
              - sned: a
              - choose:
                  - otherwise: []
            """, "journeys/bad.yaml");
        Assert.Null(parse.Journey);
        Assert.Equal([1, 2, 3, 4, 6, 7, 9], parse.Faults.Select(fault => fault.Line));
        Assert.All(parse.Faults, fault => Assert.StartsWith($"journeys/bad.yaml:{fault.Line}:{fault.Column}: error: ", fault.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void A_step_that_nobody_comes_to_is_warned_about()
    {
        var parse = JourneyParser.Parse(Steps("  - exit: done\n  - wait: 1d"), "a.yaml");
        Assert.NotNull(parse.Journey);
        var warning = Assert.Single(parse.Faults);
        Assert.True(warning.IsWarning);
        Assert.Equal((7, 5), (warning.Line, warning.Column));
        Assert.Contains("Nobody comes to this step", warning.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_deep_steps_are_refused()
    {
        var steps = "[ { wait: 1d } ]";
        for (var depth = 0; depth < 10; depth++)
            steps = $"[ {{ waitFor: {{ on: x, upTo: 1d }}, otherwise: {steps} }} ]";
        Refused($"journey: a\npurpose: service\ntrigger: {{ on: x }}\nsteps: {steps}", null, "Steps lie deeper than 10 levels");
    }

    [Fact]
    public void Too_many_steps_are_refused() =>
        Refused(Steps(string.Join('\n', Enumerable.Repeat("  - wait: 1d", 501))), "6:3", "The journey has 501 steps; 500 are allowed");

    [Fact]
    public void Nesting_without_end_is_refused_and_not_followed() =>
        Refused("journey: " + new string('[', 100_000), null, "nested deeper than");

    [Fact]
    public void No_text_makes_the_parser_throw()
    {
        var random = new Random(11);
        var good = Steps("  - { send: a, id: invite, survey: nps }\n  - waitFor: { on: survey.answered, of: invite, upTo: 5d }\n    otherwise:\n      - exit: x");
        const string letters = "{}[]:,-#&*!|>'\"%@` \n\tabz09~?";
        for (var round = 0; round < 3000; round++)
        {
            var text = good.ToCharArray();
            for (var change = 0; change <= random.Next(4); change++)
                text[random.Next(text.Length)] = letters[random.Next(letters.Length)];
            var parse = JourneyParser.Parse(new string(text), "fuzz.yaml");
            Assert.True(parse.Journey is not null || parse.Faults.Any(fault => !fault.IsWarning));
        }
    }

    private static string Steps(string steps) => "journey: a\npurpose: feedback\ntrigger:\n  on: order.delivered\nsteps:\n" + steps;

    private static Journey Good(string yaml)
    {
        var parse = JourneyParser.Parse(yaml, "journeys/a.yaml");
        Assert.Empty(parse.Faults);
        return parse.Journey!;
    }

    private static void Refused(string yaml, string? place, string text)
    {
        var parse = JourneyParser.Parse(yaml, "journeys/a.yaml");
        Assert.Null(parse.Journey);
        Assert.Contains(parse.Faults, fault => fault.ToString().Contains(text, StringComparison.Ordinal)
            && (place is null || $"{fault.Line}:{fault.Column}" == place));
    }
}
