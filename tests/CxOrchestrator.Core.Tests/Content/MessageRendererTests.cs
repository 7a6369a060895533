using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;

namespace CxOrchestrator.Core.Tests.Content;

public sealed class MessageRendererTests
{
    [Fact]
    public void An_email_has_a_subject_of_one_line_a_text_and_html_in_which_data_is_escaped()
    {
        var message = AContent.Message(
            ("en.subject", " Hi {{ customer.name }} \n"), ("en.txt", "\nHi {{ customer.name }}: {{ links.survey }}\n\n"), ("en.html", "<b>{{ customer.name }}</b> {{ company.name }}"));
        var rendered = Render(message, Channel.Email, AContent.Customer(name: "Zoë <b>\r\nBcc: x@y.test")).Message!;
        Assert.Equal("Hi Zoë <b> Bcc: x@y.test", rendered.Subject);
        Assert.Equal("Hi Zoë <b>\r\nBcc: x@y.test: https://cx.test/s/abc\n", rendered.Text);
        Assert.StartsWith("<b>Zoë &lt;b&gt;", rendered.Html, StringComparison.Ordinal);
        Assert.Contains("Café &amp; Söhne", rendered.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_message_is_its_text_alone()
    {
        var rendered = Render(AContent.Message(("en.sms", "Hi {{ links.survey }}\n")), Channel.Sms, AContent.Customer()).Message!;
        Assert.Equal(("", "Hi https://cx.test/s/abc", null), (rendered.Subject, rendered.Text, rendered.Html));
    }

    [Fact]
    public void Times_are_shown_in_the_customers_zone_and_language()
    {
        var message = AContent.Message(("en.sms", "{{ event.time | date.to_string '%H:%M %A' }}"), ("pt.sms", "{{ event.time | date.to_string '%H:%M %A' }}"));
        var context = new EnrolmentContext { Event = Json.Parse("""{ "type": "x", "time": "2026-11-20T23:30:00+00:00", "data": {} }""") };
        var customer = AContent.Customer("pt-BR", zone: "America/Sao_Paulo");
        var model = TemplateModels.ForMessage(customer, context, "ask", "", "Shop", null, null);
        Assert.Equal("20:30 sexta-feira", MessageRenderer.Render(message, Channel.Sms, customer, model, AContent.Now).Message!.Text);
    }

    [Fact]
    public void A_text_in_another_language_than_the_customers_has_the_formats_of_its_own()
    {
        // Thai dates count the years of the Buddhist era, which nobody expects in an English sentence.
        var message = AContent.Message(("en.sms", "{{ 1234.5 | math.format 'N1' }} {{ date.now | date.to_string '%A' }}"));
        Assert.Equal("1,234.5 Friday", Render(message, Channel.Sms, AContent.Customer("pt-BR")).Message!.Text);
    }

    [Fact]
    public void A_member_of_nothing_prints_nothing()
    {
        var message = AContent.Message(("en.sms", "Score {{ answer.score }}{{ event.data.order.items }}!"));
        Assert.Equal("Score !", Render(message, Channel.Sms, AContent.Customer()).Message!.Text);
    }

    [Fact]
    public void An_error_says_where_it_is_and_nothing_is_sent()
    {
        var rendering = Render(AContent.Message(("en.subject", "x"), ("en.txt", "a\n{{ 'x' | math.round }}")), Channel.Email, AContent.Customer());
        Assert.Null(rendering.Message);
        Assert.Equal(("messages/note/en.txt", 2), (rendering.Error!.File, rendering.Error.Line));
    }

    [Theory]
    [InlineData("{{ answer.comment }}", "x")]
    [InlineData("x", "  {{ answer.comment }} ")]
    public void A_part_that_renders_to_nothing_is_an_error(string subject, string text)
    {
        var rendering = Render(AContent.Message(("en.subject", subject), ("en.txt", text)), Channel.Email, AContent.Customer());
        Assert.Null(rendering.Message);
        Assert.Contains("Nothing is left", rendering.Error!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_channel_without_its_parts_is_an_error()
    {
        var rendering = Render(AContent.Message(("en.sms", "x")), Channel.Email, AContent.Customer());
        Assert.Contains("no language with subject and txt parts", rendering.Error!.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "Hello,")]
    [InlineData("th", "เรียน คุณลูกค้า")]
    [InlineData("fa", "سلام،")]
    [InlineData("zh", "您好！")]
    [InlineData("pt", "Olá!")]
    public void The_starter_invitation_greets_somebody_without_a_name(string language, string greeting)
    {
        var rendered = Render(Starter("nps-invitation"), Channel.Email, AContent.Customer(language, name: "")).Message!;
        Assert.Equal(language, rendered.Language);
        Assert.StartsWith(greeting + "\n", rendered.Text, StringComparison.Ordinal);
        for (var score = 0; score <= 10; score++)
            Assert.Contains($"href=\"https://cx.test/s/abc?score={score}\"", rendered.Html, StringComparison.Ordinal);
        Assert.Contains("href=\"https://cx.test/u/def\"", rendered.Html, StringComparison.Ordinal);
        Assert.Contains($"<html lang=\"{language}\" dir=\"{(language == "fa" ? "rtl" : "ltr")}\">", rendered.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void The_starter_csat_invitation_has_the_scores_from_1_to_5_in_every_language()
    {
        foreach (var language in (string[])["en", "th", "fa", "zh", "pt"])
        {
            var html = Render(Starter("csat-invitation"), Channel.Email, AContent.Customer(language)).Message!.Html!;
            Assert.Equal(
                ["1", "2", "3", "4", "5"],
                System.Text.RegularExpressions.Regex.Matches(html, @"\?score=(\d+)").Select(match => match.Groups[1].Value));
        }
    }

    private static MessageTemplate Starter(string name) =>
        ContentFolder.Load(Repository.Templates(), "en").Messages.Single(parse => parse.Name == name).Message!;

    private static MessageRendering Render(MessageTemplate message, Channel channel, Customer customer) =>
        MessageRenderer.Render(message, channel, customer, AContent.Model(customer), AContent.Now);
}
