using CxOrchestrator.Core.Content;

namespace CxOrchestrator.Core.Tests.Content;

public sealed class PublisherTests
{
    [Fact]
    public void Good_content_has_no_fault() => Assert.Empty(Check(AContent.Files()));

    [Theory]
    [InlineData("journeys/ask.yaml", "message: invite", "message: invit", "journeys/ask.yaml:6:14: error: There is no message 'invit'. Did you mean 'invite'?")]
    [InlineData("journeys/ask.yaml", "survey: nps", "survey: npss", "journeys/ask.yaml:5:13: error: There is no survey 'npss'. Did you mean 'nps'?")]
    [InlineData("journeys/ask.yaml", "on: survey.answered", "on: survey.anwsered", "No event of the type 'survey.anwsered' is known. Did you mean 'survey.answered'?")]
    [InlineData("journeys/ask.yaml", "on: order.delivered }", "on: order.retruned }", "warning: The type 'order.retruned' is known from this trigger alone. Did you mean 'order.returned'?")]
    [InlineData("journeys/ask.yaml", "on: order.delivered }", "cron: bad, zone: Etc/UTC }", "journeys/ask.yaml:3:18: error: 'bad' is no cron expression: it has 1 part.")]
    [InlineData("journeys/ask.yaml", "answer.score <= 6", "answer.scor <= 6", "journeys/ask.yaml:11:15: error: In 'answer.scor <= 6': 'answer' has no member 'scor'. Did you mean 'score'?")]
    [InlineData("journeys/ask.yaml", "answer.score <= 6", "anser.score <= 6", "journeys/ask.yaml:11:15: error: In 'anser.score <= 6': ")]
    [InlineData("journeys/ask.yaml", "answer.score <= 6", "answer.score | string.nope", "journeys/ask.yaml:11:15: error: ")]
    [InlineData("journeys/ask.yaml", "  - waitFor", "  - emit: survey.answered\n  - waitFor", "'survey.answered' is told by the product itself")]
    [InlineData("messages/invite/en.txt", "company.name", "company.nme", "messages/invite/en.txt:1:4: error: 'company' has no member 'nme'. Did you mean 'name'?")]
    [InlineData("messages/invite/en.txt", "company.name", "comapny.name", "messages/invite/en.txt:1:")]
    [InlineData("messages/invite/en.txt", "company.name", "company.name | math.round", "messages/invite/en.txt:1:")]
    [InlineData("messages/invite/en.txt", "links.survey", "customer.name", "asks the survey 'nps', but messages/invite/en.txt has no links.survey")]
    [InlineData("messages/invite/th.sms", "links.survey", "customer.id", "asks the survey 'nps', but messages/invite/th.sms has no links.survey")]
    [InlineData("surveys/nps.yaml", "language: en", "language: en\ncase: { when: answr.score > 1, kind: a, due: 1d }", "surveys/nps.yaml:3:15: error: In 'answr.score > 1': ")]
    public void What_would_fail_later_is_told_before_publication(string file, string good, string bad, string text)
    {
        var files = AContent.Files();
        Assert.Contains(good, files[file], StringComparison.Ordinal);
        files[file] = files[file].Replace(good, bad, StringComparison.Ordinal);
        var faults = Check(files);
        Assert.True(faults.Any(fault => fault.ToString().Contains(text, StringComparison.Ordinal)), string.Join('\n', faults));
    }

    [Fact]
    public void A_message_that_fails_for_some_customers_alone_is_found()
    {
        var files = AContent.Files();
        files["messages/invite/th.txt"] += "\n{{ if customer.name == null }}{{ 'x' | math.round }}{{ end }}";
        var fault = Assert.Single(Check(files));
        Assert.Equal(("messages/invite/th.txt", 2), (fault.File, fault.Line));
        Assert.Contains("for a sample customer without a name", fault.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_channel_without_its_part_is_refused()
    {
        var files = AContent.Files();
        files.Remove("messages/invite/en.sms");
        Assert.Contains(Check(files), fault => fault.ToString()
            == "journeys/ask.yaml:6:14: error: The message 'invite' can't go by sms: it lacks en.sms. Write them, or take sms out of 'via'.");
    }

    [Fact]
    public void A_survey_link_in_a_message_that_asks_no_survey_is_refused()
    {
        var files = AContent.Files();
        files["journeys/tell.yaml"] = "journey: tell\npurpose: service\ntrigger: { on: order.delivered }\nsteps: [ { send: invite } ]";
        Assert.Contains(Check(files), fault => fault.ToString().StartsWith(
            "journeys/tell.yaml:4:18: error: messages/invite/en.txt prints links.survey, but this step asks no survey", StringComparison.Ordinal));
    }

    [Fact]
    public void A_feedback_message_without_an_unsubscribe_link_is_warned_about()
    {
        var files = AContent.Files();
        files["messages/invite/en.txt"] = "{{ links.survey }}";
        var fault = Assert.Single(Check(files));
        Assert.True(fault.IsWarning);
        Assert.Contains("messages/invite/en.txt is for feedback and has no links.unsubscribe", fault.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_that_one_journey_tells_or_begins_with_is_known_to_the_others()
    {
        var files = AContent.Files();
        files["journeys/b.yaml"] = "journey: b\npurpose: service\ntrigger: { on: order.delivered }\nexit: [ { on: c.began } ]\nsteps: [ { emit: b.done } ]";
        files["journeys/c.yaml"] = "journey: c\npurpose: service\ntrigger: { on: c.began }\nexit: [ { on: b.done } ]\nsteps: [ { wait: 1d } ]";
        Assert.Empty(Check(files));
    }

    [Fact]
    public void Names_that_are_taken_and_files_that_lie_wrong_are_told()
    {
        var files = AContent.Files();
        files["journeys/ask-again.yaml"] = files["journeys/ask.yaml"];
        files["journeys/notes.txt"] = "x";
        files["journeys/old/ask.yaml"] = "x";
        files["messages/en.txt"] = "x";
        files["journeys/.ask.yaml.swp"] = "x";
        files["journeys/journey.schema.json"] = "{}";
        Assert.Equal(
            ["journeys/ask.yaml", "journeys/notes.txt", "journeys/old/ask.yaml", "messages/en.txt"], Check(files).Select(fault => fault.File));
    }

    [Fact]
    public async Task Nothing_is_published_where_there_is_an_error()
    {
        var store = new MemoryContentStore();
        var files = AContent.Files();
        files["surveys/nps.yaml"] = "survey: [";
        var report = await new Publisher(store, AContent.Rules).PublishAsync(files, AContent.Now, default);
        Assert.False(report.Ok);
        Assert.Empty(report.Items);
        Assert.Equal(0, await store.RevisionAsync(default));
    }

    [Fact]
    public async Task What_has_not_changed_keeps_its_version()
    {
        var store = new MemoryContentStore();
        var publisher = new Publisher(store, AContent.Rules);
        var files = AContent.Files();
        Assert.All((await publisher.PublishAsync(files, AContent.Now, default)).Items, item => Assert.True(item is { Version: 1, New: true }));

        files["surveys/nps.yaml"] = "# changed\n" + files["surveys/nps.yaml"];
        files["messages/invite/en.txt"] = files["messages/invite/en.txt"].Replace("\n", "\r\n", StringComparison.Ordinal);
        var again = (await publisher.PublishAsync(files, AContent.Now, default)).Items;
        Assert.Equal(
            [("ask", 1, false), ("nps", 2, true), ("invite", 1, false)], again.Select(item => (item.Key, item.Version, item.New)));
    }

    private static IReadOnlyList<Fault> Check(IReadOnlyDictionary<string, string> files) => Publisher.Check(files, AContent.Rules, AContent.Now);
}
