using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Customers;

namespace CxOrchestrator.Core.Tests.Content.Parts;

public sealed class PartRenderingTests
{
    [Theory]
    [InlineData("en", "From Café & Söhne", "<i>From Café &amp; Söhne</i>")]
    [InlineData("th", "จาก Café & Söhne", "<i>จาก Café &amp; Söhne</i>")]
    [InlineData("fa", "از Café & Söhne", "<i>از Café &amp; Söhne</i>")]
    [InlineData("pt-PT", "De Café & Söhne", "<i>From Café &amp; Söhne</i>")]
    [InlineData("de-AT", "From Café & Söhne", "<i>From Café &amp; Söhne</i>")]
    public void A_part_is_that_of_the_messages_language_and_of_what_is_rendered(string locale, string text, string html)
    {
        var rendered = Render(locale,
            ("en.subject", "x"), ("en.txt", "{{ include 'footer' }}"), ("en.html", "{{ include 'footer' }}"),
            ("th.subject", "x"), ("th.txt", "{{ include 'footer' }}"), ("th.html", "{{ include 'footer' }}"),
            ("fa.subject", "x"), ("fa.txt", "{{ include 'footer' }}"), ("fa.html", "{{ include 'footer' }}"),
            ("pt.subject", "x"), ("pt.txt", "{{ include 'footer' }}"), ("pt.html", "{{ include 'footer' }}"),
            ("parts/footer/en.txt", "From {{ company.name }}\n"), ("parts/footer/en.html", "<i>From {{ company.name }}</i>\n"),
            ("parts/footer/th.txt", "จาก {{ company.name }}\n"), ("parts/footer/th.html", "<i>จาก {{ company.name }}</i>\n"),
            ("parts/footer/fa.txt", "از {{ company.name }}\n"), ("parts/footer/fa.html", "<i>از {{ company.name }}</i>\n"),
            ("parts/footer/pt-BR.txt", "De {{ company.name }}\n"));
        Assert.Equal((text + "\n", html), (rendered.Text, rendered.Html));
    }

    [Fact]
    public void Html_of_a_part_stays_html_and_values_are_escaped_once_however_they_come_there()
    {
        var rendered = Render("en",
            ("en.subject", "{{ include 'name' }}"), ("en.txt", "{{ include 'name' }}"),
            ("en.html", "{{ include 'outer' title: 'a & <b>' inner: (include 'name') }}|{{ capture c }}{{ include 'name' }}&nbsp;{{ end }}{{ c }}|{{ include_join ['name', 'name'] '<' }}|{{ x = include 'name'; x }}"),
            ("parts/name/any.html", "<b>{{ customer.name }}</b>"), ("parts/name/any.txt", "*{{ customer.name }}*"),
            ("parts/outer/any.html", "<h1 title=\"{{ $.title }}\">{{ $.title }}</h1>{{ $.inner }}{{ include 'name' }}"));
        const string Name = "<b>Zoë &lt;i&gt; &amp; Co</b>";
        Assert.Equal($"<h1 title=\"a &amp; &lt;b&gt;\">a &amp; &lt;b&gt;</h1>{Name}{Name}|{Name}&nbsp;|{Name}&lt;{Name}|{Name}", rendered.Html);
        Assert.Equal(("*Zoë <i> & Co*", "*Zoë <i> & Co*\n"), (rendered.Subject, rendered.Text));
    }

    [Fact]
    public void A_part_may_stand_in_the_middle_of_a_line_and_keeps_the_indentation_of_its_place()
    {
        var rendered = Render("en",
            ("en.subject", "x"), ("en.txt", "From {{ include 'name' }}, yours\n  {{ include 'lines' }}\nend"),
            ("parts/name/any.txt", "us\n"), ("parts/lines/any.txt", "one\r\ntwo\r\n"));
        Assert.Equal("From us, yours\n  one\r\n  two\nend\n", rendered.Text);
    }

    [Fact]
    public void A_text_message_and_a_subject_include_texts()
    {
        var message = AContent.Message(
            ("en.sms", "{{ include 'us' }}: hi"), ("en.subject", "{{ include 'us' }}"), ("en.txt", "x"), ("parts/us/en.txt", "{{ company.name }}"), ("parts/us/en.html", "<b>"));
        var customer = AContent.Customer();
        Assert.Equal("Café & Söhne: hi", MessageRenderer.Render(message, Channel.Sms, customer, AContent.Model(customer), AContent.Now).Message!.Text);
        Assert.Equal("Café & Söhne", MessageRenderer.Render(message, Channel.Email, customer, AContent.Model(customer), AContent.Now).Message!.Subject);
    }

    [Fact]
    public void A_computed_name_finds_every_part_and_nothing_else()
    {
        (string, string)[] files =
        [
            ("en.subject", "x"), ("en.txt", "{{ include ('tier-' + (customer.name == 'Gold' ? 'gold' : 'x')) }}"),
            ("parts/tier-gold/any.txt", "Thank you, {{ include 'word' }}"), ("parts/word/any.txt", "dear"), ("parts/tier-silver/any.txt", "Thanks"),
        ];
        var message = AContent.Message(files);
        Assert.Equal("Thank you, dear\n", Render(message, AContent.Customer(name: "Gold")).Message!.Text);
        var error = Render(message, AContent.Customer()).Error!;
        Assert.Equal("messages/note/en.txt:1:4: error: There is no template `tier-x` to include, or it has errors.", error.ToString());
    }

    [Fact]
    public void A_failure_in_a_part_says_where_it_is_and_nothing_is_sent()
    {
        var rendering = Render(AContent.Message(("en.subject", "x"), ("en.txt", "{{ include 'a' }}"), ("parts/a/en.txt", "a\n {{ 'x' | math.round }}")), AContent.Customer());
        Assert.Null(rendering.Message);
        Assert.Equal(("parts/a/en.txt", 2), (rendering.Error!.File, rendering.Error.Line));
    }

    [Fact]
    public void The_preview_includes_parts_too()
    {
        var message = AContent.Message(("en.subject", "x"), ("en.txt", "{{ include 'a' }}"), ("parts/a/en.txt", "{{ company.name }}"));
        var preview = new MessagePreview(AContent.Rules, AContent.Now).Render(message, Channel.Email, "en", null);
        Assert.Equal("Café & Söhne\n", preview.Message!.Text);
    }

    private static RenderedMessage Render(string locale, params (string File, string Text)[] files)
    {
        var rendering = Render(AContent.Message(files), AContent.Customer(locale, name: "Zoë <i> & Co"));
        Assert.Null(rendering.Error);
        return rendering.Message!;
    }

    private static MessageRendering Render(MessageTemplate message, Customer customer) =>
        MessageRenderer.Render(message, Channel.Email, customer, AContent.Model(customer), AContent.Now);
}
