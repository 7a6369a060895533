using CxOrchestrator.Core.Customers;
using CxOrchestrator.Templating;

namespace CxOrchestrator.Core.Content;

/// <summary>
/// A message, compiled: its parts per language. Files are named <c>LANGUAGE.subject</c>, <c>LANGUAGE.html</c>, <c>LANGUAGE.txt</c>, <c>LANGUAGE.sms</c>, for
/// example <c>pt-BR.html</c>.
/// </summary>
/// <param name="Name">Its name: the folder's.</param>
/// <param name="Version">The published version; 0 where it isn't published.</param>
/// <param name="Languages">Its parts by language tag.</param>
/// <param name="DefaultLanguage">The language for customers whose own isn't there.</param>
public sealed record MessageTemplate(
    string Name, int Version, IReadOnlyDictionary<string, MessageParts> Languages, string DefaultLanguage)
{
    /// <summary>Files of the shared parts that it may include: what is published with it.</summary>
    public IEnumerable<PartFile> Included =>
        Languages.Values.SelectMany(parts => parts.All.SelectMany(part => parts.Includable(part).Behind(part))).Distinct();

    /// <summary>Whether it can go by a channel at all: its default language has the parts for it.</summary>
    public bool CanGoBy(Channel channel) => Languages.TryGetValue(DefaultLanguage, out var parts) && parts.CanGoBy(channel);

    /// <summary>
    /// The language for a customer on a channel: their locale, then with less and less of its tag, then another variant of the same language, then the
    /// default; only languages that have all the parts of the channel count, so that no message mixes two. Null where none has.
    /// </summary>
    public string? LanguageFor(string locale, Channel channel)
    {
        var able = Languages.Where(pair => pair.Value.CanGoBy(channel)).Select(pair => pair.Key).ToList();
        return Locales.Best(able, locale) ?? able.Find(tag => tag.Equals(DefaultLanguage, StringComparison.OrdinalIgnoreCase));
    }
}

/// <summary>The parts of a message in one language; those of a channel that it doesn't go by are null.</summary>
public sealed record MessageParts(
    CompiledTemplate? Subject, CompiledTemplate? Html, CompiledTemplate? Text, CompiledTemplate? Sms)
{
    /// <summary>The shared parts that its HTML may include.</summary>
    public IncludableParts HtmlIncludes { get; init; } = IncludableParts.None;

    /// <summary>The shared parts that its subject, text and text message may include.</summary>
    public IncludableParts TextIncludes { get; init; } = IncludableParts.None;

    /// <summary>Whether all that a channel needs is there: subject and text for e-mail (HTML may be missing), the text message for SMS.</summary>
    public bool CanGoBy(Channel channel) => channel == Channel.Sms ? Sms is not null : Subject is not null && Text is not null;

    /// <summary>The parts that are there.</summary>
    public IEnumerable<CompiledTemplate> All => On(Channel.Email).Concat(On(Channel.Sms));

    /// <summary>The parts that are there and go by a channel.</summary>
    public IEnumerable<CompiledTemplate> On(Channel channel) =>
        (channel == Channel.Sms ? new[] { Sms } : [Subject, Html, Text]).OfType<CompiledTemplate>();

    /// <summary>The shared parts that one of the parts may include.</summary>
    public IncludableParts Includable(CompiledTemplate part) => part == Html ? HtmlIncludes : TextIncludes;

    /// <summary>One of the parts, and all that a rendering of it may come to.</summary>
    public IEnumerable<CompiledTemplate> With(CompiledTemplate part) =>
        Includable(part).Behind(part).Select(file => file.Template).OfType<CompiledTemplate>().Prepend(part);
}
