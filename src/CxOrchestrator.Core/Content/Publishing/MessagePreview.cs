using CxOrchestrator.Core.Customers;

namespace CxOrchestrator.Core.Content;

/// <summary>
/// Renders a message to look at before anybody gets it: for a real customer or a sample one, with a sample event and answer, and with links that lead nowhere,
/// since a real link is a key to the customer's answer.
/// </summary>
/// <param name="rules">What the settings say.</param>
/// <param name="now">Now, in customers' time.</param>
public sealed class MessagePreview(ContentRules rules, DateTimeOffset now)
{
    /// <summary>Renders a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="channel">The channel by which it would go.</param>
    /// <param name="language">The language; null for the one that the customer would get.</param>
    /// <param name="customer">The customer; null for a sample one of that language.</param>
    public MessageRendering Render(MessageTemplate message, Channel channel, string? language, Customer? customer)
    {
        var somebody = customer ?? Samples.Typical(language ?? message.DefaultLanguage, now);
        // With a comment and a low score: what depends on an answer shows.
        var context = Samples.Contexts("sample", now)[1];
        var model = Samples.Model(somebody, context, rules);
        if (language is null)
            return MessageRenderer.Render(message, channel, somebody, model, now);

        var able = message.Languages.Where(pair => pair.Value.CanGoBy(channel)).Select(pair => pair.Key).ToList();
        if (Locales.Best(able, language) is { } best)
            return MessageRenderer.Render(message, best, channel, MessageRenderer.Options(best, somebody, now), model, CancellationToken.None);
        var there = able.Count == 0 ? "" : $" There are {string.Join(", ", able.Order(StringComparer.Ordinal))}.";
        return new MessageRendering(null, new Fault(
            $"messages/{message.Name}", 0, 0, $"The message can't go by {(channel == Channel.Sms ? "sms" : "e-mail")} in the language '{language}'.{there}"));
    }
}
