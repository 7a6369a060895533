using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Core.Tests.Content;

namespace CxOrchestrator.Core.Tests.Journeys;

public sealed class TriggerParserTests
{
    private static readonly TimeOnly Nine = new(9, 0);

    [Fact]
    public void A_date_of_the_customer_begins_a_journey()
    {
        Assert.Equal(new DateTrigger("birthday", DateShift.None, Nine, true, null, null), Good("{ date: birthday, yearly: true }"));
        Assert.Equal(new DateTrigger("contract_ends", new(-1, 0), new(18, 30), false, null, Duration.OfDays(3)), Good("{ date: contract_ends, before: 1 month, at: \"18:30\", within: 3d }"));
        Assert.Equal(new DateTrigger("delivered", new(0, 14), new(7, 5), false, null, null), Good("{ date: delivered, after: 2 weeks, at: 7:05 }"));
        Assert.Equal(Duration.OfDays(1), ((DateTrigger)Good("{ date: birthday }")).Within);
    }

    [Fact]
    public void A_change_of_a_field_begins_a_journey_where_from_and_to_fit()
    {
        var change = Assert.IsType<ChangeTrigger>(Good("{ changed: plan, from: basic, to: 'the \"best\"', when: customer.vip }"));
        Assert.Equal(("plan", "customer.changed.plan"), (change.Field, change.On));
        Assert.Equal("event.data.from == \"basic\" && event.data.to == \"the \\\"best\\\"\" && (customer.vip)", change.When!.Source);
        Assert.Equal("event.data.to == 5", ((ChangeTrigger)Good("{ changed: seats, to: 5 }")).When!.Source);
        Assert.Equal("event.data.to == \"5\"", ((ChangeTrigger)Good("{ changed: seats, to: '5' }")).When!.Source);
        Assert.Equal("event.data.to == true", ((ChangeTrigger)Good("{ changed: vip, to: true }")).When!.Source);
        Assert.Null(((ChangeTrigger)Good("{ changed: plan }")).When);
    }

    [Fact]
    public void Segments_answers_and_silence_begin_a_journey()
    {
        Assert.Equal(new SegmentTrigger("VIP customers", false, true, null), Good("{ enters: VIP customers, already: true }"));
        Assert.Equal(new SegmentTrigger("vip", true, false, null), Good("{ leaves: vip }"));
        var answer = Assert.IsType<AnswerTrigger>(Good("{ answer: nps, when: answer.score <= 6 }"));
        Assert.Equal(("nps", "survey.answered", "answer.score <= 6"), (answer.Survey, answer.On, answer.When!.Source));
        Assert.Equal(
            new SilenceTrigger("order.placed", Timing.In(Duration.OfDays(60)) with { At = new TimeOnly(10, 0) }, true, true, null),
            Good("{ silence: order.placed, for: 60 days at 10:00, sinceKnown: true, already: true }"));
    }

    [Fact]
    public void What_a_date_or_a_silence_tells_begins_the_journey_each_time_where_nothing_else_is_said()
    {
        Assert.IsType<Reentry.Always>(Parse("{ date: birthday, yearly: true }").Journey!.Reentry);
        Assert.IsType<Reentry.Always>(Parse("{ silence: order.placed, for: 60d }").Journey!.Reentry);
        Assert.IsType<Reentry.Once>(Parse("{ enters: vip }").Journey!.Reentry);
        Assert.IsType<Reentry.Once>(Parse("{ changed: plan }").Journey!.Reentry);
        Assert.IsType<Reentry.Once>(Parse("{ silence: order.placed, for: 60d }", "reentry: once\n").Journey!.Reentry);
    }

    [Fact]
    public void A_birthday_that_is_kept_once_is_warned_of()
    {
        var warning = Assert.Single(Parse("{ date: birthday, yearly: true }", "reentry: once\n").Faults);
        Assert.True(warning.IsWarning);
        Assert.Equal((4, 10), (warning.Line, warning.Column));
        Assert.Contains("in the first one alone", warning.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ date: birth day }", 16, "a field's name is of letters, digits and _")]
    [InlineData("{ date: birthday, before: 3 fortnights }", 34, "'3 fortnights' is no number of days. Write for example: 3 days")]
    [InlineData("{ date: birthday, before: 20 years }", 34, "farther than 3660 days")]
    [InlineData("{ date: birthday, before: 1d, after: 1d }", 45, "remove 'before' or 'after'")]
    [InlineData("{ date: birthday, at: 25:00 }", 30, "no time of day")]
    [InlineData("{ date: birthday, yearly: yes }", 34, "Write true or false")]
    [InlineData("{ date: birthday, evry: year }", 26, "Unknown key 'evry'")]
    [InlineData("{ changed: plan, from: [ a ] }", 31, "Here stands a list")]
    [InlineData("{ enters: [ vip ] }", 18, "where a text belongs")]
    [InlineData("{ leaves: vip, already: true }", 23, "Unknown key 'already'")]
    [InlineData("{ answer: NPS }", 18, "a name is of lower case letters")]
    [InlineData("{ silence: order.placed }", 8, "The key 'for' is missing")]
    [InlineData("{ silence: order.placed, for: long }", 38, "no point in time")]
    [InlineData("{ on: order.placed, date: birthday }", 8, "One thing begins a journey; here stand 'on' and 'date'")]
    [InlineData("{ silense: order.placed }", 18, "")]
    [InlineData("{ birthday: true }", 8, "Write one of on, cron, date, changed, enters, leaves, answer, silence")]
    public void What_is_wrong_is_told_with_its_place(string trigger, int column, string said)
    {
        var faults = JourneyParser.Parse($"journey: a\npurpose: feedback\ntrigger: {trigger}\nsteps: [ {{ wait: 1d }} ]\n", "a.yaml").Faults;
        Assert.NotEmpty(faults);
        Assert.All(faults, fault => Assert.Equal(3, fault.Line));
        if (said.Length > 0)
            Assert.Contains(faults, fault => fault.Column == column + 2 && fault.Text.Contains(said, StringComparison.Ordinal));
        else
            Assert.Contains(faults, fault => fault.Text.Contains("Did you mean 'silence'?", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{ answer: nsp }", "There is no survey 'nsp'. Did you mean 'nps'?")]
    [InlineData("{ silence: order.plced, for: 1d }", "No event of the type 'order.plced' is known. Did you mean 'order.placed'?")]
    public void What_a_trigger_names_must_be_there(string trigger, string said)
    {
        var known = new KnownNames([], ["nps"], ["order.placed"], _ => null);
        var fault = Assert.Single(ReferenceCheck.Check([Parse(trigger)], known));
        Assert.Contains(said, fault.Text, StringComparison.Ordinal);
        Assert.Equal(3, fault.Line);
        Assert.Empty(ReferenceCheck.Check([Parse("{ answer: nps }"), Parse("{ silence: order.placed, for: 1d }"), Parse("{ on: customer.changed.plan }")], known));
    }

    [Fact]
    public void A_journey_can_not_tell_what_the_product_tells()
    {
        var parse = JourneyParser.Parse("journey: a\npurpose: feedback\ntrigger: { on: x }\nsteps: [ { emit: customer.changed.plan }, { emit: date.reached } ]\n", "a.yaml");
        Assert.Equal(2, ReferenceCheck.Check([parse], new KnownNames([], [], [], _ => null)).Count(fault => fault.Text.Contains("told by the product itself", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("{ date: birthday, yearly: true }", "on birthday at 09:00, every year")]
    [InlineData("{ date: ends, before: 1 month 3 days }", "1 month 3 days before ends at 09:00")]
    [InlineData("{ date: ends, after: 1d, at: 07:30 }", "1 day after ends at 07:30")]
    [InlineData("{ changed: plan }", "a change of plan")]
    [InlineData("{ enters: vip, already: true }", "entering the segment vip, or being in it already")]
    [InlineData("{ leaves: vip }", "leaving the segment vip")]
    [InlineData("{ answer: nps }", "an answer to the survey nps")]
    [InlineData("{ silence: x, for: 2d, sinceKnown: true }", "no x for 2d, also since they became known")]
    [InlineData("{ on: x }", "x")]
    public void A_trigger_is_said_in_words(string trigger, string words) => Assert.Equal(words, TriggerWords.Of(Good(trigger)));

    [Fact]
    public void Every_example_of_the_page_on_triggers_is_one_and_every_kind_stands_there()
    {
        var page = Repository.Template("journeys/README.md");
        var examples = page.Split('\n').Where(line => line.StartsWith("trigger: ", StringComparison.Ordinal)).ToList();
        Assert.True(examples.Count >= 9, $"{examples.Count} examples");
        Assert.All(examples, example => Good(example["trigger: ".Length..]));
        foreach (var kind in (string[])["on", "cron", "date", "changed", "enters", "leaves", "answer", "silence"])
            Assert.Contains($"| `{kind}: ", page, StringComparison.Ordinal);
    }

    [Fact]
    public void What_others_call_the_same_begins_nothing()
    {
        Hears("{ answer: nps }", EventTypes.SurveyAnswered, """{ "survey": "nps" }""", """{ "survey": "csat" }""");
        Hears("{ changed: plan }", "customer.changed.plan", "{}", null);
        Hears("{ enters: vip }", EventTypes.SegmentEntered, """{ "segment": "vip" }""", """{ "segment": "vip", "journey": "a" }""");
        Hears("{ enters: vip, already: true }", EventTypes.SegmentEntered, """{ "segment": "vip", "journey": "a" }""", """{ "segment": "vip", "journey": "b" }""");
        Hears("{ leaves: vip }", EventTypes.SegmentLeft, """{ "segment": "vip" }""", """{ "segment": 3 }""");
        Hears("{ date: birthday }", EventTypes.DateReached, """{ "journey": "a" }""", """{ "journey": "b" }""");
        Hears("{ silence: x, for: 1d }", EventTypes.CustomerSilent, """{ "journey": "a" }""", "{}");
    }

    private static void Hears(string trigger, string type, string good, string? bad)
    {
        var read = (EventTrigger)Good(trigger);
        Assert.True(read.Hears(Fact(type, good), "a"));
        Assert.False(read.Hears(Fact(type, good) with { Source = "shop" }, "a"));
        if (bad is not null)
            Assert.False(read.Hears(Fact(type, bad), "a"));
    }

    private static CustomerEvent Fact(string type, string data) => new()
    {
        Id = Guid.Empty, Source = EventTypes.OwnSource, SourceId = "1", Type = type, Subject = "x", Time = default, ReceivedAt = default, Data = Json.Parse(data),
    };

    private static Trigger Good(string trigger)
    {
        var parse = Parse(trigger);
        Assert.Empty(parse.Faults.Select(fault => fault.ToString()));
        return parse.Journey!.Trigger;
    }

    private static JourneyParse Parse(string trigger, string more = "") =>
        JourneyParser.Parse($"journey: a\npurpose: feedback\ntrigger: {trigger}\n{more}steps: [ {{ wait: 1d }} ]\n", "a.yaml");
}
