using System.Globalization;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Templating;

namespace CxOrchestrator.Core.Content;

/// <summary>Text messages that are long, or longer than they need be, for a sample customer of each language.</summary>
internal sealed class SmsLength(ContentRules rules, DateTimeOffset now) : ILintRule
{
    // Two links, which are 60 characters each, and a sentence in a script that is sent in UCS-2 are three pieces: what an invitation needs. Networks deliver
    // more, but each is paid for.
    private const int MostPieces = 3;

    // More than these, and the language itself is not in the alphabet.
    private const int FewLetters = 3;

    private static readonly Dictionary<string, string> InTheAlphabet = new(StringComparer.Ordinal)
    {
        ["\u2018"] = "'", ["\u2019"] = "'", ["\u201C"] = "\"", ["\u201D"] = "\"", ["\u2013"] = "-", ["\u2014"] = "-", ["\u2026"] = "...", ["\u00A0"] = " ",
        ["\u2022"] = "-", ["\u00B4"] = "'", ["`"] = "'", ["\t"] = " ",
    };

    /// <inheritdoc/>
    public IEnumerable<Fault> Check(ContentFolder folder) =>
        from message in folder.Parsed()
        from language in message.Languages
        where language.Value.CanGoBy(Channel.Sms)
        let text = Longest(message, language.Key)
        where text is not null
        from fault in Problems([.. language.Value.With(language.Value.Sms!)], language.Key, text)
        select fault;

    private static IEnumerable<Fault> Problems(IReadOnlyList<CompiledTemplate> templates, string language, string text)
    {
        var size = SmsSegments.Of(text);
        if (size.Count > MostPieces)
        {
            var (units, room) = size.IsUcs2 ? ("characters in UCS-2", "67") : ("characters in GSM-7", "153");
            yield return new Fault(templates[0].Name, 1, 1, string.Create(CultureInfo.InvariantCulture,
                $"The text message is sent in {size.Count} segments for a sample customer with '{language}' ({size.Units} {units}, {room} a segment); more than {MostPieces} are dear. Shorten it."), true);
        }

        // Letters of a customer's name aren't the author's to change.
        var own = size.Forcing.Where(letter => templates.Any(template => Has(template, letter))).ToList();
        if (own.Count is 0 or > FewLetters || own.Count < size.Forcing.Count)
            yield break;
        var less = SmsSegments.Of(own.Aggregate(text, (left, letter) => left.Replace(letter, InTheAlphabet.GetValueOrDefault(letter, "x"), StringComparison.Ordinal))).Count;
        if (less >= size.Count)
            yield break;
        var first = templates.First(template => Has(template, own[0]));
        var (line, column) = Place(first.Markup, own[0]);
        yield return new Fault(first.Name, line, column, string.Create(CultureInfo.InvariantCulture,
            $"{string.Join(", ", own.Select(Shown))} {(own.Count == 1 ? "is" : "are")} not in the alphabet of text messages (GSM-7), so that this one is sent in UCS-2, in {size.Count} segments for a sample customer with '{language}'. {(own.Count == 1 ? "Without it" : "Without them")} it is {less}."), true);
    }

    private static bool Has(CompiledTemplate template, string letter) => template.Markup.Contains(letter, StringComparison.Ordinal);

    private static string Shown(string letter) => string.Create(CultureInfo.InvariantCulture, $"'{letter}' (U+{char.ConvertToUtf32(letter, 0):X4})")
        + (InTheAlphabet.TryGetValue(letter, out var instead) ? $", for which \"{instead}\" could stand," : "");

    private static (int Line, int Column) Place(string markup, string letter)
    {
        var at = markup.IndexOf(letter, StringComparison.Ordinal);
        return (markup.AsSpan(0, at).Count('\n') + 1, at - markup.LastIndexOf('\n', Math.Max(at - 1, 0)));
    }

    private string? Longest(MessageTemplate message, string language)
    {
        var customer = Samples.Typical(language, now);
        var options = MessageRenderer.Options(language, customer, now);
        return Samples.Contexts("sample", now)
            .Select(context => MessageRenderer.Render(message, language, Channel.Sms, options, Samples.Model(customer, context, rules), CancellationToken.None))
            .Select(rendering => rendering.Message?.Text).OfType<string>()
            .MaxBy(text => (SmsSegments.Of(text).Count, text.Length));
    }
}
