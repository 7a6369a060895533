using CxOrchestrator.Sdk;
using CxOrchestrator.Web.Pages;

namespace CxOrchestrator.Web.Outbox;

/// <summary>An e-mail as it would look: its headers, its HTML in a frame of its own, its text.</summary>
internal static class EmailPage
{
    /// <summary>The page's content.</summary>
    /// <param name="email">The e-mail.</param>
    /// <param name="at">When it was handed over.</param>
    /// <param name="htmlPath">Where its HTML is served.</param>
    public static Markup Of(EmailMessage email, DateTimeOffset at, string htmlPath) => Markup.Of($"""
        <div class="card">
        <h1><bdi>{email.Subject}</bdi></h1>
        <dl class="facts">
        {Fact("From", email.From is null ? "the connection's own sender" : AddressOf(email.From))}
        {Fact("To", AddressOf(email.To))}
        {Markup.If(email.ReplyTo is not null, $"{Fact("Answers to", email.ReplyTo is null ? "" : AddressOf(email.ReplyTo))}")}
        {Fact("Handed over", OutboxEndpoints.Moment(at))}
        {Markup.If(email.Language is not null, $"{Fact("Language", email.Language ?? "")}")}
        </dl>
        <details><summary>All headers</summary><dl>{email.Headers.Select(header => Fact(header.Key, header.Value))}</dl></details>
        </div>
        {Html(email, htmlPath)}
        <section class="card" aria-labelledby="text"><h2 id="text">Text part</h2><pre dir="auto">{LinkedText.Of(email.Text)}</pre></section>
        """);

    private static Markup Html(EmailMessage email, string htmlPath) => Markup.If(email.Html is not null, $"""
        <section aria-labelledby="html"><h2 id="html">HTML part</h2>
        <iframe title="The e-mail as HTML" sandbox="{EmailPreview.Sandbox}" src="{htmlPath}"></iframe>
        </section>
        <p></p>
        """);

    private static Markup Fact(string name, string value) => Markup.Of($"<div><dt>{name}</dt><dd><bdi>{value}</bdi></dd></div>\n");

    private static string AddressOf(EmailAddress address) => address.Name is { Length: > 0 } name ? $"{name} <{address.Address}>" : address.Address;
}
