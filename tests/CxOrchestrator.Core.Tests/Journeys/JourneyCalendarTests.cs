using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Core.Tests.Content;

namespace CxOrchestrator.Core.Tests.Journeys;

public sealed class JourneyCalendarTests
{
    [Fact]
    public void What_names_no_calendar_is_counted_in_the_journeys_and_the_rest_in_its_own()
    {
        var journey = Good("calendar: support", """
              - wait: 1 business day
              - wait: 2 business hours in bangkok
              - wait: 1 business day in company
              - wait: 3d
              - { openCase: detractor, due: 4 business hours }
              - { send: hello, expires: 2 business days }
              - { waitFor: { on: order.paid, upTo: next business day 09:00 } }
            """, "reentry: { every: 20 business days }");
        Assert.Equal("support", journey.Calendar);
        Assert.Equal(["bangkok", "support"], journey.Calendars.Order());
        Assert.Equal(
            ["1 business day in support", "2 business hours in bangkok", "1 business day in company", "3d"], journey.Steps.OfType<WaitStep>().Select(step => step.Until.ToString()));
        Assert.Equal("4 business hours in support", Assert.Single(journey.Steps.OfType<OpenCaseStep>()).Due.ToString());
        Assert.Equal("2 business days in support", Assert.Single(journey.Steps.OfType<SendStep>()).ExpiresAfter!.ToString());
        Assert.Equal("next business day 09:00 in support in the customer's zone", Assert.Single(journey.Steps.OfType<WaitForStep>()).UpTo.ToString());
        Assert.Equal("20 business days in support", Assert.IsType<Reentry.Every>(journey.Reentry).Pause.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("calendar: company")]
    public void Without_a_calendar_everything_is_counted_in_the_companys(string line)
    {
        var journey = Good(line, "  - wait: 1 business day\n  - { openCase: detractor, due: 1 business day }");
        Assert.Null(journey.Calendar);
        Assert.Empty(journey.Calendars);
        Assert.Equal(Timing.In(new Duration(0, 1, TimeSpan.Zero)), Assert.IsType<WaitStep>(journey.Steps[0]).Until);
        Assert.Null(Assert.IsType<OpenCaseStep>(journey.Steps[1]).Due.Calendar);
    }

    [Fact]
    public void Messages_go_in_the_business_hours_of_the_journeys_calendar_or_another_or_at_any_time()
    {
        const string steps = "  - send: a\n  - { send: b, sendIn: business hours in bangkok }\n  - { send: c, sendIn: any time }\n  - { send: d, sendIn: business hours }";
        Assert.Equal(["support", "bangkok", null, "support"], Hours(Good("calendar: support\nsendIn: business hours", steps)));
        Assert.Equal([null, "bangkok", null, "company"], Hours(Good("", steps)));
        Assert.Equal(["night", "bangkok", null, "company"], Hours(Good("sendIn: business hours in night", steps)));

        static IEnumerable<string?> Hours(Journey journey) => journey.Steps.OfType<SendStep>().Select(step => step.SendIn);
    }

    [Fact]
    public void Other_words_for_hours_are_refused()
    {
        var parse = JourneyParser.Parse(Text("sendIn: office hours", "  - send: a"), "a.yaml");
        Assert.Contains("'office hours' says no hours in which messages go. Write for example: business hours", Assert.Single(parse.Faults).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_calendar_that_is_not_configured_is_an_error_wherever_it_is_named()
    {
        var files = AContent.Files();
        files["journeys/ask.yaml"] = files["journeys/ask.yaml"].Replace("purpose: feedback", "purpose: feedback\ncalendar: suport\nsendIn: business hours in night", StringComparison.Ordinal)
            .Replace("due: 1 business day", "due: 4 business hours in bankok", StringComparison.Ordinal);
        files["surveys/nps.yaml"] += "\ncase: { when: answer.score <= 6, kind: detractor, due: 1 business day in supprt }";
        var rules = AContent.Rules with { Calendars = ["support", "bangkok"] };
        var faults = Publisher.Check(files, rules, AContent.Now).Where(fault => !fault.IsWarning).Select(fault => fault.ToString()).ToList();
        Assert.Equal(
            [
                "journeys/ask.yaml:3:11: error: There is no calendar 'suport'. Did you mean 'support'? A calendar is a setting, Calendars:suport.",
                "journeys/ask.yaml:4:9: error: There is no calendar 'night'. A calendar is a setting, Calendars:night.",
                "journeys/ask.yaml:14:46: error: There is no calendar 'bankok'. Did you mean 'bangkok'? A calendar is a setting, Calendars:bankok.",
                "surveys/nps.yaml:5:56: error: There is no calendar 'supprt'. Did you mean 'support'? A calendar is a setting, Calendars:supprt.",
            ],
            faults);
    }

    [Fact]
    public void The_journey_of_the_page_on_business_hours_is_right()
    {
        var page = Repository.Template("journeys/README.md");
        var start = page.IndexOf("```yaml\ncalendar:", StringComparison.Ordinal) + "```yaml\n".Length;
        var yaml = page[start..page.IndexOf("```", start, StringComparison.Ordinal)];
        var parse = JourneyParser.Parse($"journey: a\npurpose: feedback\ntrigger: {{ on: order.delivered }}\n{yaml}", "a.yaml");
        Assert.Empty(parse.Faults);
        Assert.Equal(["support", null, "bangkok"], parse.Journey!.Steps.OfType<SendStep>().Select(step => step.SendIn));
        Assert.Equal(["bangkok", "support"], parse.Journey.Calendars.Order());
    }

    private static Journey Good(string line, string steps, string more = "")
    {
        var parse = JourneyParser.Parse(Text(line, steps, more), "a.yaml");
        Assert.Empty(parse.Faults);
        return parse.Journey!;
    }

    private static string Text(string line, string steps, string more = "") => $"journey: a\npurpose: feedback\n{line}\ntrigger: {{ on: order.delivered }}\n{more}\nsteps:\n{steps}\n";
}
