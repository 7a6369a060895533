using System.Globalization;
using System.Text;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Templating;

namespace CxOrchestrator.Core.Content;

/// <summary>A message as it goes to one customer.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Language">The language in which it is.</param>
/// <param name="Subject">One line; empty for SMS.</param>
/// <param name="Text">The plain text of the e-mail, or the text message.</param>
/// <param name="Html">The HTML of the e-mail, or null.</param>
public sealed record RenderedMessage(Channel Channel, string Language, string Subject, string Text, string? Html);

/// <summary>What became of a rendering: the message, or the error, with where it is.</summary>
public sealed record MessageRendering(RenderedMessage? Message, Fault? Error);

/// <summary>Renders messages for customers.</summary>
public static class MessageRenderer
{
    /// <summary>Renders a message in the customer's language, with their formats of dates and numbers, in their zone.</summary>
    /// <param name="message">The message.</param>
    /// <param name="channel">The channel by which it is to go.</param>
    /// <param name="customer">The customer.</param>
    /// <param name="model">What <see cref="TemplateModels.ForMessage"/> gives.</param>
    /// <param name="now">Now, in customers' time.</param>
    /// <param name="cancellation">Ends the rendering.</param>
    public static MessageRendering Render(
        MessageTemplate message, Channel channel, Customer customer, IReadOnlyDictionary<string, object?> model, DateTimeOffset now,
        CancellationToken cancellation = default)
    {
        if (message.LanguageFor(customer.Locale, channel) is not { } language)
        {
            var parts = channel == Channel.Sms ? "an sms part" : "subject and txt parts";
            return Failed(new Fault($"messages/{message.Name}", 0, 0, $"The message has no language with {parts}."));
        }

        return Render(message, language, channel, Options(language, customer, now), model, cancellation);
    }

    /// <summary>Renders in one language, with options of the caller's.</summary>
    internal static MessageRendering Render(
        MessageTemplate message, string language, Channel channel, TemplateRenderOptions options, IReadOnlyDictionary<string, object?> model,
        CancellationToken cancellation)
    {
        var parts = message.Languages[language];
        options = options with { Loader = parts.TextIncludes };
        if (channel == Channel.Sms)
        {
            var sms = Part(parts.Sms!, model, options, cancellation, out var error);
            return sms is null ? Failed(error!) : new MessageRendering(new RenderedMessage(channel, language, "", sms.Trim(), null), null);
        }

        if (Part(parts.Subject!, model, options, cancellation, out var failed) is not { } subject
            || Part(parts.Text!, model, options, cancellation, out failed) is not { } text)
        {
            return Failed(failed!);
        }

        string? html = null;
        if (parts.Html is not null)
        {
            html = Part(parts.Html, model, options with { EscapeHtml = true, Loader = parts.HtmlIncludes }, cancellation, out failed);
            if (html is null)
                return Failed(failed!);
        }

        return new MessageRendering(new RenderedMessage(channel, language, OneLine(subject), text.Trim() + "\n", html), null);
    }

    /// <summary>
    /// How a message in a language is rendered for a customer: in their own formats where it is their language, else in those of the message, so that an
    /// English text has no dates of another calendar in it.
    /// </summary>
    internal static TemplateRenderOptions Options(string language, Customer customer, DateTimeOffset now)
    {
        var same = customer.Locale.Split('-')[0].Equals(language.Split('-')[0], StringComparison.OrdinalIgnoreCase);
        return new TemplateRenderOptions
        {
            Culture = CultureInfo.GetCultureInfo(same ? customer.Locale : language),
            TimeZone = Zones.Find(customer.TimeZone).Zone,
            Now = now,
            NullMembersAreNull = true,
        };
    }

    private static string? Part(
        CompiledTemplate template, IReadOnlyDictionary<string, object?> model, TemplateRenderOptions options, CancellationToken cancellation, out Fault? error)
    {
        var render = template.Render(model, options, cancellation);
        error = null;
        if (!render.Ok)
            error = new Fault(render.Error.Source, render.Error.Line, render.Error.Column, render.Error.Text);
        else if (string.IsNullOrWhiteSpace(render.Text))
            error = new Fault(template.Name, 0, 0, "Nothing is left of this part once it is rendered.");
        return error is null ? render.Text : null;
    }

    // Line ends and control characters of data (a name with a line end in it) would begin another header of the e-mail.
    private static string OneLine(string subject)
    {
        var line = new StringBuilder(subject.Length);
        foreach (var letter in subject.Trim())
        {
            var shown = char.IsControl(letter) || letter is '\u2028' or '\u2029' ? ' ' : letter;
            if (shown != ' ' || line.Length == 0 || line[^1] != ' ')
                line.Append(shown);
        }

        return line.ToString();
    }

    private static MessageRendering Failed(Fault error) => new(null, error);
}
