using CxOrchestrator.Core.Content;

namespace CxOrchestrator.Core.Tests.Content.Parts;

/// <summary>What is told of shared parts before anything is published.</summary>
public sealed class PartFaultTests
{
    private const string Html = "messages/note/en.html";

    [Fact]
    public void Good_parts_have_no_fault() => Assert.Empty(Check(Files()));

    [Theory]
    [InlineData("parts/footer/en.html", "a\n {{ if }}", "parts/footer/en.html:2:8: error: ")]
    [InlineData("parts/footer/en.html", "\n{{ if company.name and links }}x{{ end }}", "parts/footer/en.html:2:20: warning: `and` is of another template language")]
    [InlineData("parts/footer/en.html", " ", "parts/footer/en.html: error: The file is empty.")]
    [InlineData("parts/footer/en.html", "{{ comany.name }}", "parts/footer/en.html:1:4: error: There is no variable 'comany' here. Did you mean 'company'?")]
    [InlineData("parts/footer/en.html", "x\n{{ if false }}x{{ end }}", "parts/footer/en.html:2:7: warning: This condition is always false")]
    [InlineData("parts/footer/en.html", "<a href='/help'>x</a>", "parts/footer/en.html:1:10: error: <a href>: '/help' is not an absolute address")]
    [InlineData("parts/footer/en.html", "x <img src='https://x.test/a.png'>", "parts/footer/en.html:1:3: warning: This <img> has no alternative text")]
    [InlineData("parts/footer/en.html", "{{ 'x' | math.round }}", "(for a sample customer named สมชาย ใจดี, without an answer), included by messages/note")]
    [InlineData(Html, "{{ include 'foter' }}", "messages/note/en.html:1:4: error: There is no part 'foter'. Did you mean 'footer'? Parts are parts/NAME/LANGUAGE.html and .txt")]
    [InlineData(Html, "{{ include 'footer.en.html' }}", "There is no part 'footer.en.html'. Did you mean 'footer'?")]
    [InlineData(Html, "{{ if customer.tier }}{{ include_join ['footer', 'nope-nope'] '' }}{{ end }}", "messages/note/en.html:1:26: error: There is no part 'nope-nope'.")]
    [InlineData(Html, "{{ include_join ['footer'] 'tpl:line' }}", "messages/note/en.html:1:4: error: There is no part 'line'.")]
    [InlineData("parts/footer/en.html", "\n{{ 'sining' | include }}", "parts/footer/en.html:2:15: error: There is no part 'sining'. Did you mean 'signing'?")]
    [InlineData(Html, "{{ include 'signing' }}", "messages/note/en.html:1:4: error: The part 'signing' has no html, which is what is included here. Add parts/signing/LANGUAGE.html.")]
    [InlineData(Html, "{{ include customer.tier ?? 'gone' }}", "messages/note/en.html:1:4: error: There is no template `gone` to include")]
    [InlineData(Html, "{{ include '' }}", "messages/note/en.html:1:4: error: There is no part ''.")]
    [InlineData("parts/footer/klingon.html", "x", "parts/footer/klingon.html: error: 'klingon' is no known language. Name the file by a tag such as en.html, or any.html where it is right for all.")]
    [InlineData("parts/footer/en.htm", "x", "parts/footer/en.htm: error: A part's files are LANGUAGE.html and LANGUAGE.txt; subjects and text messages include the latter. Did you mean 'en.html'?")]
    [InlineData("parts/footer/EN.html", "x", "The file en.html is there twice, in different spelling. Remove one.")]
    [InlineData("parts/footer.en.html", "x", "parts/footer.en.html: error: A part's files are parts/NAME/LANGUAGE.html and parts/NAME/LANGUAGE.txt. Move it to parts/footer/en.html.")]
    [InlineData("parts/footer.txt", "x", "Move it to parts/footer/any.txt.")]
    [InlineData("parts/footer/old/en.html", "x", "parts/footer/old/en.html: error: A part's files are parts/NAME/LANGUAGE.html")]
    [InlineData("parts/Foot_er/en.html", "x", "parts/Foot_er: error: A part's name is of lower case letters")]
    public void A_fault_is_told_at_its_own_place(string file, string text, string says)
    {
        var files = Files();
        files[file] = text;
        var faults = Check(files);
        Assert.True(faults.Any(fault => fault.ToString().Contains(says, StringComparison.Ordinal)), string.Join('\n', faults));
    }

    [Fact]
    public void A_fault_of_a_part_is_told_once_however_many_messages_include_it()
    {
        foreach (var text in (string[])["{{ 1 + }}", "{{ comany.name }}", "{{ 'x' | math.round }}", "<a href='/help'>x</a>", "{{ include 'nope' }}"])
        {
            var files = Files();
            foreach (var (path, own) in Files().Where(file => file.Key.StartsWith("messages/", StringComparison.Ordinal)))
                files[path.Replace("note", "second", StringComparison.Ordinal)] = own;
            files["parts/footer/en.html"] = text;
            Assert.Equal("parts/footer/en.html", Assert.Single(Check(files)).File);
        }
    }

    [Theory]
    [InlineData("{{ include 'a' }}", "x", "parts/a/en.html:1:4: error: This include never ends: a → a. Take one of the includes out.")]
    [InlineData("{{ include 'b' }}", "x\n{{ if customer.tier }}{{ include_join ['a'] '' }}{{ end }}", "parts/b/any.html:2:26: error: This include never ends: a → b → a. Take one of the includes out.")]
    public void A_cycle_is_told_once_whether_a_message_includes_it_or_not(string a, string b, string says)
    {
        foreach (var message in (string[])["x", "{{ include 'b' }}{{ include 'a' }}"])
        {
            var files = Files();
            files["parts/a/en.html"] = a;
            files["parts/b/any.html"] = b;
            files[Html] += message;
            Assert.Equal(says, Assert.Single(Check(files)).ToString());
        }
    }

    [Fact]
    public void An_include_that_only_ends_at_the_limit_of_a_rendering_is_told_too()
    {
        var files = Files();
        files["parts/a/en.html"] = "x{{ include ('a' | string.downcase) }}";
        files[Html] += "{{ include 'a' }}";
        var fault = Assert.Single(Check(files));
        Assert.StartsWith("parts/a/en.html:1:5: error: Calls and includes are nested deeper than the limit of 100.", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_way_of_thousands_of_parts_is_told_like_one_without_end()
    {
        var files = Files();
        for (var i = 0; i < 5000; i++)
            files[$"parts/p{i}/any.html"] = i == 4999 ? "x" : $"{{{{ include 'p{i + 1}' }}}}";
        Assert.Empty(Check(files));
        files[Html] += "{{ include 'p0' }}";
        Assert.Contains("Calls and includes are nested deeper than the limit of 100.", Assert.Single(Check(files)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_language_that_a_message_has_and_its_part_lacks_is_warned_about()
    {
        var files = Files();
        files.Remove("parts/footer/th.html");
        Assert.Equal(
            ["parts/footer: warning: The language 'th', in which messages/note includes this, is missing: it gets en.html. Add th.html, or any.html where one is right for all."],
            Check(files).Select(fault => fault.ToString()));
        files["parts/footer/any.html"] = "<hr>";
        Assert.Empty(Check(files));
    }

    [Fact]
    public void A_part_in_several_languages_needs_the_default_one()
    {
        var files = Files();
        files["parts/seldom/th.txt"] = files["parts/seldom/fa.txt"] = "x";
        Assert.Equal(
            "parts/seldom: error: The part's txt is there in fa, th, but not in the default language 'en'. Add en.txt, or any.txt for all languages.",
            Assert.Single(Check(files)).ToString());
    }

    [Fact]
    public void A_part_that_no_message_includes_is_checked_all_the_same()
    {
        var files = Files();
        files["parts/seldom/en.html"] = "{{ nme }}{{ include 'foter' }}";
        Assert.Equal(["parts/seldom/en.html:1:4", "parts/seldom/en.html:1:13"], Check(files).Select(fault => $"{fault.File}:{fault.Line}:{fault.Column}"));
    }

    [Fact]
    public void A_part_sees_the_variables_of_the_messages_that_include_it()
    {
        var files = Files();
        files["parts/heading/any.html"] = "<h1>{{ heading }}</h1>{{ for item in event.data.items; include 'item'; end }}";
        files["parts/item/any.html"] = "<li>{{ item.name }}</li>";
        files[Html] = "{{ heading = 'Hi' }}{{ include 'heading' }}" + files[Html];
        files["messages/note/th.html"] = "{{ capture heading }}x{{ end }}{{ include 'heading' }}" + files["messages/note/th.html"];
        Assert.Empty(Check(files));

        files["messages/note/th.html"] = files["messages/note/th.html"].Replace("capture heading", "capture other", StringComparison.Ordinal);
        Assert.Equal(
            "parts/heading/any.html:1:8: error: 'heading' is set by some of the messages that include this, but not by messages/note/th.html. Set it there, or pass it to the include.",
            Assert.Single(Check(files)).ToString());
    }

    [Fact]
    public void Links_that_a_step_needs_may_stand_in_parts()
    {
        var files = AContent.Files();
        Assert.Contains("{{ links.survey }}", files["messages/invite/th.sms"], StringComparison.Ordinal);
        files["messages/invite/th.sms"] = files["messages/invite/th.sms"].Replace("{{ links.survey }}", "{{ include 'link' }}", StringComparison.Ordinal);
        files["parts/link/any.txt"] = "{{ include 'address' }}\n";
        files["parts/address/any.txt"] = "{{ links.survey }}";
        Assert.Empty(Check(files));
        files["parts/address/any.txt"] = "https://x.test";
        Assert.Contains("messages/invite/th.sms has no links.survey", Assert.Single(Check(files)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_length_of_a_text_message_counts_its_parts()
    {
        var files = AContent.Files();
        files["messages/invite/en.sms"] = "{{ links.survey }} {{ include 'note' }}";
        files["parts/note/any.txt"] = new string('a', 401);
        Assert.StartsWith("messages/invite/en.sms:1:1: warning: The text message is sent in 4 segments", Assert.Single(Check(files)).ToString(), StringComparison.Ordinal);
        files["parts/note/any.txt"] = "It’s\n" + new string('a', 120);
        Assert.StartsWith("parts/note/any.txt:1:3: warning: '’' (U+2019)", Assert.Single(Check(files)).ToString(), StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Files() => new(StringComparer.Ordinal)
    {
        [Html] = "<p>Hi</p>{{ include 'footer' }}",
        ["messages/note/en.txt"] = "Hi\n{{ include 'footer' }}",
        ["messages/note/en.subject"] = "Hi {{ include 'signing' }}",
        ["messages/note/th.html"] = "<p>สวัสดี</p>{{ include 'footer' }}",
        ["messages/note/th.txt"] = "สวัสดี\n{{ include 'footer' }}",
        ["messages/note/th.subject"] = "สวัสดี {{ include 'signing' }}",
        ["parts/footer/en.html"] = "<p>{{ company.name }}</p>\n",
        ["parts/footer/th.html"] = "<p>จาก {{ company.name }}</p>\n",
        ["parts/footer/en.txt"] = "From {{ include 'signing' }}\n",
        ["parts/footer/th.txt"] = "จาก {{ include 'signing' }}\n",
        ["parts/signing/any.txt"] = "{{ company.name }}\n",
        ["parts/README.md"] = "What lies here.",
    };

    private static IReadOnlyList<Fault> Check(IReadOnlyDictionary<string, string> files) => Publisher.Check(files, AContent.Rules, AContent.Now);
}
