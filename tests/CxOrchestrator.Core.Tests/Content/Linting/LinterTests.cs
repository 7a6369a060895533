using CxOrchestrator.Core.Content;

namespace CxOrchestrator.Core.Tests.Content.Linting;

public sealed class LinterTests
{
    private const string Html = "messages/invite/en.html";

    private const string Sms = "messages/invite/en.sms";

    [Theory]
    [InlineData("{{ if customer.tier == 'x' }}{{ copmany.name }}{{ end }}", "1:33: error: There is no variable 'copmany' here. Did you mean 'company'? There are customer, event, answer, journey, company, links.")]
    [InlineData("\n{{ links.surveys }}", "2:4: error: 'links' has no member 'surveys'. Did you mean 'survey'? It has survey, unsubscribe.")]
    [InlineData("{{ customer.givenName }}", "1:4: warning: 'customer.givenName' is an attribute of the customer, if there is one. Did you mean the field 'customer.given_name'?")]
    [InlineData("{{ customer.langauge }}", "1:4: warning: 'customer.langauge'")]
    [InlineData("{{ if false }}x{{ end }}", "1:7: warning: This condition is always false")]
    [InlineData("<img src='https://x.test/a.png'>", "1:1: warning: This <img> has no alternative text")]
    [InlineData("x\n <IMG class=a src=\"cid:logo\"/>", "2:2: warning: This <img> has no alternative text")]
    [InlineData("<input type=image src=https://x.test/a.png>", "1:1: warning: This <input>")]
    [InlineData("<a href=\"/orders/{{ customer.id }}\">x</a>", "1:10: error: <a href>: '/orders/{{ }}' is not an absolute address, and a mail has no page that it could be relative to. Write it whole, such as https://example.com/orders/{{ }}.")]
    [InlineData("<a\n href=www.x.test/a>x</a>", "2:7: error: <a href>: 'www.x.test/a' is not an absolute address, and a mail has no page that it could be relative to. Write it whole, such as https://www.x.test/a.")]
    [InlineData("<a href='//x.test/a'>x</a>", "such as https://x.test/a.")]
    [InlineData("<a href=help@x.test>x</a>", "such as mailto:help@x.test.")]
    [InlineData("<a href=localhost:5000/a>x</a>", "is not an absolute address")]
    [InlineData("<a href=' JavaScript:go()'>x</a>", "begins with javascript:, which mail readers don't follow. Here go http:, https:, mailto:, tel:, sms:.")]
    [InlineData("<a href='https:page'>x</a>", "has no host. Write https://host/page.")]
    [InlineData("<a href=''>x</a>", "error: <a href>: The address is empty")]
    [InlineData("<a href='#top'>x</a>", "1:10: warning: <a href>: '#top' leads to a place in the same mail")]
    [InlineData("<td background=bg.png>x</td>", "1:16: error: <td background>: 'bg.png'")]
    [InlineData("<style>a<b {}</style><img alt='' src=logo.png>", "error: <img src>: 'logo.png'")]
    public void A_mistake_in_html_is_told_with_its_place(string html, string says)
    {
        var files = AContent.Files();
        files[Html] = html + "\n" + files[Html];
        var fault = Assert.Single(Check(files));
        Assert.Equal(Html, fault.File);
        Assert.Contains(says, fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<a href='{{ links.survey }}'>x</a><a href={{ links.survey }}?score=1>1</a>")]
    [InlineData("<a href='https://x.test/{{ customer.id }}'>x</a><a href='HTTP://x.test:8080/a'>y</a>")]
    [InlineData("<a href='mailto:a@x.test'>x</a><a href='tel:+66'>y</a><a href='tel:191'>y</a><a href='sms:12345'>y</a><a name=top>z</a><a>z</a>")]
    [InlineData("<img alt='' src='cid:logo'><img src='{{ customer.logo }}' {{ if customer.tier }}alt='a'{{ end }}><img src=https://x.test/a ALT>")]
    [InlineData("<!-- <img src=a> --><!--[if mso]><a href=b>c</a><![endif]-->")]
    [InlineData("<title><img src=a></title><script>if (a <b) '<a href=x>'</script>")]
    [InlineData("{{ if customer.tier }}{{ customer.age }}{{ customer.city }}{{ event.data.total }}{{ answer.language }}{{ end }}")]
    [InlineData("a < b <3 <")]
    [InlineData("<a href=\"https://x.test")]
    public void What_is_right_is_left_alone(string html)
    {
        var files = AContent.Files();
        files[Html] += "\n" + html;
        Assert.Empty(Check(files));
    }

    [Fact]
    public void Html_that_breaks_off_anywhere_is_read_to_its_end()
    {
        const string Whole = "<!-- a --><a =x href = 'https://x.test' b/c=\"d\" {{ customer.id }}e={{ links.survey }}><style>b<</style ><img alt src=https://x.test/a/><";
        for (var length = 1; length <= Whole.Length; length++)
        {
            var files = new Dictionary<string, string> { ["messages/note/en.html"] = Whole[..length], ["messages/note/en.subject"] = "a", ["messages/note/en.txt"] = "a" };
            Assert.All(Check(files), fault => Assert.Equal("messages/note/en.html", fault.File));
        }

        Assert.Empty(Check(new Dictionary<string, string> { ["messages/note/en.html"] = Whole, ["messages/note/en.subject"] = "a", ["messages/note/en.txt"] = "a" }));
    }

    [Fact]
    public void A_text_message_of_many_segments_is_told_with_their_number()
    {
        var files = AContent.Files();
        files[Sms] = "{{ links.survey }} " + new string('a', 401);
        // 61 characters of the link, a blank and 401 letters are 463 septets: 153 × 3 is 459.
        Assert.Equal(
            $"{Sms}:1:1: warning: The text message is sent in 4 segments for a sample customer with 'en' (463 characters in GSM-7, 153 a segment); more than 3 are dear. Shorten it.",
            Assert.Single(Check(files)).ToString());
        files[Sms] = "{{ links.survey }} " + new string('a', 397);
        Assert.Empty(Check(files));
    }

    [Fact]
    public void A_single_character_that_makes_a_text_message_dearer_is_told_with_its_place()
    {
        var files = AContent.Files();
        files[Sms] = "Your order:\nit’s here. {{ links.survey }}";
        Assert.Equal(
            $"{Sms}:2:3: warning: '’' (U+2019), for which \"'\" could stand, is not in the alphabet of text messages (GSM-7), so that this one is sent in UCS-2, in 2 segments for a sample customer with 'en'. Without it it is 1.",
            Assert.Single(Check(files)).ToString());
    }

    [Theory]
    [InlineData("it’s here {{ customer.given_name }} {{ '’' }}")]
    [InlineData("{{ 'ก' }} {{ links.unsubscribe }}")]
    public void A_character_that_costs_nothing_or_comes_from_code_is_left_alone(string text)
    {
        var files = AContent.Files();
        files["journeys/ask.yaml"] = files["journeys/ask.yaml"].Replace("via: [ email, sms ]", "via: [ email ]", StringComparison.Ordinal);
        files[Sms] = text;
        Assert.Empty(Check(files));
    }

    [Fact]
    public void Languages_that_other_content_has_are_missed()
    {
        var files = AContent.Files();
        files["messages/note/en.sms"] = "a";
        files["messages/note/de-AT.sms"] = "b";
        files["messages/other/en.sms"] = "a";
        files["messages/other/de.sms"] = "b";
        files["messages/other/th.sms"] = "c";
        Assert.Equal(
            [
                "messages/invite: warning: The language 'de', which messages/other has, is missing: its customers get this in 'en'. Add it.",
                "messages/invite: warning: The language 'de-AT', which messages/note has, is missing: its customers get this in 'en'. Add it.",
                "messages/note: warning: The language 'th', which messages/invite has, is missing: its customers get this in 'en'. Add it.",
                "surveys/nps.yaml: warning: The language 'de', which messages/other has, is missing: its customers get this in 'en'. Add it.",
                "surveys/nps.yaml: warning: The language 'de-AT', which messages/note has, is missing: its customers get this in 'en'. Add it.",
            ],
            Check(files).Select(fault => fault.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_message_without_its_text_part_is_refused_and_in_another_language_warned_about()
    {
        var files = AContent.Files();
        files.Remove("messages/invite/th.txt");
        var fault = Assert.Single(Check(files));
        Assert.Equal(("messages/invite/th.txt", true), (fault.File, fault.IsWarning));
        files.Remove("messages/invite/en.txt");
        Assert.Contains(Check(files), found => found is { File: "messages/invite/en.txt", IsWarning: false });
    }

    [Theory]
    [InlineData("answer.score <= 6", "1 > 2", "11:15: warning: Nobody comes to this branch: '1 > 2' is always false.")]
    [InlineData("answer.score <= 6", "true", "11:15: warning: 'true' is always true. Write 'otherwise:'")]
    [InlineData("steps: [ { openCase: detractor, due: 1 business day } ]", "steps: [ { emit: a.b } ]\n      - when: answer.score <= 6\n        steps: [ { emit: c.d } ]", "13:15: warning: Nobody comes to this branch: 'when: answer.score <= 6' stands above it already.")]
    [InlineData("answer.score <= 6\n        steps: [ { openCase: detractor, due: 1 business day } ]", "true\n        steps: [ { emit: a.b } ]\n      - when: answer.score > 1\n        steps: [ { emit: c.d } ]", "13:15: warning: Nobody comes to this branch: 'when: true' above it is always true.")]
    [InlineData("{ on: order.delivered }", "{ on: order.delivered, when: 1 == 2 }", "3:39: warning: '1 == 2' is always false: the journey never begins.")]
    [InlineData("of: invite,", "of: invite, when: \"false\",", "warning: 'false' is always false: the step always waits until time runs out.")]
    [InlineData("steps: [ { openCase: detractor, due: 1 business day } ]", "steps: [ { exit: done }, { emit: a.b } ]", "warning: Nobody comes to this step")]
    public void A_condition_of_a_journey_that_decides_nothing_is_told(string good, string bad, string says)
    {
        var files = AContent.Files();
        Assert.Contains(good, files["journeys/ask.yaml"], StringComparison.Ordinal);
        files["journeys/ask.yaml"] = files["journeys/ask.yaml"].Replace(good, bad, StringComparison.Ordinal);
        var faults = Check(files);
        Assert.True(faults.Any(fault => fault.ToString().Contains(says, StringComparison.Ordinal)), string.Join('\n', faults));
        Assert.All(faults, fault => Assert.True(fault.IsWarning));
    }

    [Fact]
    public void Values_may_be_the_same_for_everybody()
    {
        var files = AContent.Files();
        files["journeys/ask.yaml"] += "\n  - updateCustomer: { seen: \"true\", kind: \"'x'\" }";
        Assert.Empty(Check(files));
    }

    [Fact]
    public void An_unknown_variable_is_told_once_and_survey_rules_see_no_event()
    {
        var files = AContent.Files();
        files["messages/invite/en.txt"] += "\n{{ nme }}";
        Assert.Equal("messages/invite/en.txt:3:4", Assert.Single(Check(files)).ToString()[.."messages/invite/en.txt:3:4".Length]);

        files = AContent.Files();
        files["surveys/nps.yaml"] += "\ncase: { when: event.type == 'x', kind: a, due: 1d }";
        Assert.Contains("There is no variable 'event' here. There are answer, customer.", Assert.Single(Check(files)).Text, StringComparison.Ordinal);
    }

    private static IReadOnlyList<Fault> Check(IReadOnlyDictionary<string, string> files) => Publisher.Check(files, AContent.Rules, AContent.Now);
}
