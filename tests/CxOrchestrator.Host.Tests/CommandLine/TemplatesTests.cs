namespace CxOrchestrator.Host.Tests.CommandLine;

public sealed class TemplatesTests : IDisposable
{
    private readonly Calls _calls = new(new
    {
        Content = new { Folder = Calls.StarterContent },
        Events = new { Types = new[] { "order.returned", "ticket.reopened" } },
        Sending = new { Company = "Café & Söhne" },
    });

    public void Dispose() => _calls.Dispose();

    [Fact]
    public async Task The_starter_content_passes_the_check()
    {
        var (exitCode, output) = await _calls.RunAsync("templates", "check");
        Assert.Equal((0, true), (exitCode, output.StartsWith("No faults in ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_folder_with_mistakes_is_told_with_file_line_and_column_and_fails()
    {
        Write("messages/note/en.subject", "Hi");
        Write("messages/note/en.txt", "Hi {{ if 1 > 2 }}{{ custmer.name }}{{ end }}");
        Write("messages/note/en.html", "<a href=/a>x</a>\n<img src='https://x.test/a'>");
        var (exitCode, output) = await _calls.RunAsync("templates", "check", _calls.Folder);
        Assert.Equal(1, exitCode);
        Assert.Contains("messages/note/en.txt:1:10: warning: This condition is always false", output, StringComparison.Ordinal);
        Assert.Contains("messages/note/en.txt:1:21: error: There is no variable 'custmer' here. Did you mean 'customer'?", output, StringComparison.Ordinal);
        Assert.Contains("messages/note/en.html:1:9: error: <a href>: '/a' is not an absolute address", output, StringComparison.Ordinal);
        Assert.Contains("messages/note/en.html:2:1: warning: This <img> has no alternative text", output, StringComparison.Ordinal);
        Assert.Contains("2 errors, 2 warnings in ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Warnings_alone_fail_nothing()
    {
        Write("messages/note/en.sms", "{{ if false }}x{{ end }}Hi");
        Assert.Equal(0, (await _calls.RunAsync("templates", "check", _calls.Folder)).ExitCode);
    }

    [Fact]
    public async Task A_published_message_is_rendered_for_a_customer_in_a_language()
    {
        Assert.Equal(0, (await _calls.RunAsync("journeys", "publish")).ExitCode);
        var csv = Path.Combine(_calls.Folder, "people.csv");
        await File.WriteAllTextAsync(csv, "id,name,given,locale\n4711,Zoë \u001b[31m<Berg>,Zoë <b>,de\n47,Somchai,Somchai,th\n");
        await _calls.RunAsync("customers", "import", csv, "--map", "id.shop=id", "--map", "name=name", "--map", "givenName=given", "--map", "locale=locale");

        var (exitCode, text) = await _calls.RunAsync("templates", "render", "nps-invitation", "--customer", "shop:4711", "--language", "th");
        Assert.Equal(0, exitCode);
        Assert.StartsWith("Subject: คำสั่งซื้อของคุณเป็นอย่างไรบ้าง\n\nเรียน คุณZoë <b>\n", text, StringComparison.Ordinal);
        Assert.Contains("Café & Söhne", text, StringComparison.Ordinal);

        Assert.StartsWith("Subject: คำสั่งซื้อ", (await _calls.RunAsync("templates", "render", "nps-invitation", "--customer", "47")).Output, StringComparison.Ordinal);
        Assert.StartsWith("Subject: How did we do", (await _calls.RunAsync("templates", "render", "nps-invitation", "--customer", "4711")).Output, StringComparison.Ordinal);
        var html = await _calls.RunAsync("templates", "render", "nps-invitation", "--customer", "4711", "--part", "html");
        Assert.Contains("<bdi>Zoë &lt;b&gt;</bdi>", html.Output, StringComparison.Ordinal);
        Assert.Equal("How did we do with your order?\n", (await _calls.RunAsync("templates", "render", "nps-invitation", "--part", "subject")).Output);
        Assert.DoesNotContain("\u001b", (await _calls.RunAsync("templates", "render", "nps-invitation", "--customer", "4711", "--language", "zh")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_is_rendered_for_a_sample_customer_and_written_to_a_file()
    {
        var file = Path.Combine(_calls.Folder, "preview.html");
        var (exitCode, output) = await _calls.RunAsync("templates", "render", "thank-you", "--draft", "--language", "fa", "--part", "html", "--out", file);
        Assert.Equal((0, file), (exitCode, output.Trim()));
        Assert.Contains("<bdi>زهرا</bdi>", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        var sms = await _calls.RunAsync("templates", "render", "csat-invitation", "--draft", "--language", "pt-BR", "--part", "sms");
        Assert.StartsWith("Café & Söhne: conseguimos resolver?", sms.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shared_parts_are_checked_with_the_folder()
    {
        Write("messages/note/en.subject", "Hi");
        Write("messages/note/en.txt", "{{ include 'footer' }}{{ include 'foter' }}");
        Write("parts/footer/en.txt", "x\n{{ custmer.name }}");
        var (exitCode, output) = await _calls.RunAsync("templates", "check", _calls.Folder);
        Assert.Equal(1, exitCode);
        Assert.Contains("messages/note/en.txt:1:26: error: There is no part 'foter'. Did you mean 'footer'?", output, StringComparison.Ordinal);
        Assert.Contains("parts/footer/en.txt:2:4: error: There is no variable 'custmer' here. Did you mean 'customer'?", output, StringComparison.Ordinal);
        Assert.Contains("2 errors, 0 warnings in ", output, StringComparison.Ordinal);
        Assert.Equal(output, (await _calls.RunAsync("journeys", "validate", _calls.Folder)).Output);
    }

    [Fact]
    public async Task A_published_message_is_rendered_with_the_parts_that_it_was_published_with()
    {
        Write("messages/note/en.subject", "Hi");
        Write("messages/note/en.txt", "{{ include 'footer' }}");
        Write("messages/note/en.html", "{{ include 'footer' }}");
        Write("parts/footer/en.txt", "first");
        Write("parts/footer/en.html", "<b>{{ company.name }}</b>");
        using var calls = new Calls(new { Content = new { Folder = _calls.Folder }, Sending = new { Company = "Café & Söhne" } });
        Assert.Contains("published message note version 1", (await calls.RunAsync("journeys", "publish")).Output, StringComparison.Ordinal);
        Write("parts/footer/en.txt", "second");
        Assert.Equal("Subject: Hi\n\nfirst\n", (await calls.RunAsync("templates", "render", "note")).Output);
        Assert.Equal("Subject: Hi\n\nsecond\n", (await calls.RunAsync("templates", "render", "note", "--draft")).Output);
        Assert.StartsWith("<b>Café &amp; Söhne</b>", (await calls.RunAsync("templates", "render", "note", "--part", "html")).Output, StringComparison.Ordinal);
        Assert.Contains("published message note version 2", (await calls.RunAsync("journeys", "publish")).Output, StringComparison.Ordinal);
        Assert.Equal("Subject: Hi\n\nsecond\n", (await calls.RunAsync("templates", "render", "note")).Output);

        Write("parts/footer/en.txt", "{{ 1 + }}");
        var (exitCode, output) = await calls.RunAsync("templates", "render", "note", "--draft");
        Assert.Equal(1, exitCode);
        Assert.Contains("parts/footer/en.txt:1:8: error: ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("No message 'welcom' is in ", "welcom", "--draft")]
    [InlineData("Did you mean 'welcome'?", "welcom", "--draft")]
    [InlineData("No message 'welcome' is published (--draft takes that of the content folder).", "welcome")]
    [InlineData("Nobody is known by \"nobody\".", "welcome", "--draft", "--customer", "nobody")]
    [InlineData("Nobody is known by \"shop:1\".", "welcome", "--draft", "--customer", "shop:1")]
    [InlineData("The message can't go by e-mail in the language 'de'. There are en, fa, pt, th, zh.", "welcome", "--draft", "--language", "de")]
    [InlineData("--language xx1: 'xx1' is no known language", "welcome", "--draft", "--language", "xx1")]
    [InlineData("The message has no language with an sms part.", "welcome", "--draft", "--part", "sms")]
    [InlineData("can't be written", "welcome", "--draft", "--out", "/dev/null/x")]
    public async Task What_can_not_be_rendered_is_told_and_fails(string says, params string[] call)
    {
        var (exitCode, output) = await _calls.RunAsync(["templates", "render", .. call]);
        Assert.Equal(1, exitCode);
        Assert.Contains(says, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_that_does_not_exist_is_a_wrong_call() =>
        Assert.Equal(2, (await _calls.RunAsync("templates", "render", "welcome", "--part", "pdf")).ExitCode);

    [Fact]
    public async Task Conformance_prints_three_rates_a_group_and_the_cases_that_fail()
    {
        Write("cases/model-default.json", "{ \"a\": 1 }");
        Write("cases/probes.json", """
            [
              { "id": "good", "group": "one", "kind": "output", "template": "{{ a }}", "expected": "1" },
              { "id": "bad", "group": "one", "kind": "output", "template": "{{ a }}", "expected": "2\n" },
              { "id": "placed", "group": "two", "kind": "parse_error", "template": "{{ if }}", "expected": "text(1,7) : error : other words" }
            ]
            """);
        var (exitCode, output) = await _calls.RunAsync("templates", "conformance", Path.Combine(_calls.Folder, "cases"));
        Assert.Equal(1, exitCode);
        Assert.Matches(@"one +│ 2 +│ 100\.0 % +│ 100\.0 % +│ 50\.0 %", output);
        Assert.Matches(@"two +│ 1 +│ 100\.0 % +│ 100\.0 % +│ 0\.0 %", output);
        Assert.Matches(@"all +│ 3 +│ 100\.0 % +│ 100\.0 % +│ 33\.3 %", output);
        Assert.Contains("failed bad: output\n  expected: 2\\n\n  actual:   1\n2 of 3 cases passed.", output, StringComparison.Ordinal);

        Write("cases/probes.json", """[ { "id": "wrapped", "group": "one", "kind": "output", "template": "{{ wrap a }}{{ end }}", "expected": "1" } ]""");
        (exitCode, output) = await _calls.RunAsync("templates", "conformance", Path.Combine(_calls.Folder, "cases"));
        Assert.Equal(1, exitCode);
        Assert.Contains("left out wrapped: parse_error", output, StringComparison.Ordinal);
        Assert.Contains("0 of 1 case passed; 1 of the others uses what is left out of the language on purpose.", output, StringComparison.Ordinal);

        Write("cases/probes.json", """[ { "id": "good", "group": "one", "kind": "output", "template": "{{ a }}", "expected": "1" } ]""");
        Assert.Equal(0, (await _calls.RunAsync("templates", "conformance", Path.Combine(_calls.Folder, "cases"))).ExitCode);
    }

    [Theory]
    [InlineData("nowhere", null, "There is no folder")]
    [InlineData("", null, "has no cases")]
    [InlineData("", "[ { \"template\": \"x\" } ]", "isn't in the format of the language tests")]
    [InlineData("", "[", "isn't in the format of the language tests")]
    public async Task A_folder_that_is_none_is_told(string folder, string? text, string says)
    {
        Directory.CreateDirectory(Path.Combine(_calls.Folder, "cases"));
        if (text is not null)
            Write("cases/probes.json", text);
        var (exitCode, output) = await _calls.RunAsync("templates", "conformance", Path.Combine(_calls.Folder, "cases", folder));
        Assert.Equal(1, exitCode);
        Assert.Contains(says, output, StringComparison.Ordinal);
    }

    private void Write(string path, string text)
    {
        var file = Path.Combine(_calls.Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
