using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Customers;

namespace CxOrchestrator.Core.Tests.Content;

public sealed class StarterContentTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);
    private static readonly ContentRules Rules = new("en", "Example Shop", ["order.returned", "ticket.reopened"], _ => null);

    // What they are for needs no leave, so that there is nothing to withdraw.
    private static readonly HashSet<string> Service = ["welcome", "getting-started", "renewal-notice", "renewal-reminder"];

    [Fact]
    public void It_has_not_a_single_fault_or_warning() => Assert.Empty(Publisher.Check(Repository.Templates(), Rules, Now));

    [Fact]
    public void Every_mail_is_whole_in_every_language()
    {
        var messages = ContentFolder.Load(Repository.Templates(), "en").Messages;
        Assert.Equal(16, messages.Count);
        foreach (var (message, language) in messages.SelectMany(parse => ((string[])["en", "th", "fa", "zh", "pt"]).Select(language => (parse.Message!, language))))
        {
            var customer = AContent.Customer(language, name: "Zoë <b>");
            var mail = MessageRenderer.Render(message, Channel.Email, customer, AContent.Model(customer), Now).Message!;
            var direction = language == "fa" ? "rtl" : "ltr";
            Assert.StartsWith($"<!doctype html>\n<html lang=\"{language}\" dir=\"{direction}\">\n<head>", mail.Html, StringComparison.Ordinal);
            Assert.EndsWith("</body>\n</html>\n", mail.Html, StringComparison.Ordinal);
            var subject = mail.Subject.Replace("&", "&amp;", StringComparison.Ordinal);
            Assert.Contains($"<title>{subject}</title>", mail.Html, StringComparison.Ordinal);
            Assert.Contains($">{subject}</h1>", mail.Html, StringComparison.Ordinal);
            Assert.Contains($"<td dir=\"{direction}\" align=\"{(language == "fa" ? "right" : "left")}\"", mail.Html, StringComparison.Ordinal);
            Assert.Contains("<bdi>Zoë &lt;b&gt;</bdi>", mail.Html, StringComparison.Ordinal);
            Assert.Equal(Service.Contains(message.Name) ? 0 : 1, mail.Html!.Split("href=\"https://cx.test/u/def\"").Length - 1);
            Assert.Equal(!Service.Contains(message.Name), mail.Text.EndsWith("https://cx.test/u/def\n", StringComparison.Ordinal));
            Assert.Equal(mail.Html.Split("<t").Length - mail.Html.Split("<title").Length, mail.Html.Split("</t").Length - mail.Html.Split("</title").Length);
        }
    }
}
