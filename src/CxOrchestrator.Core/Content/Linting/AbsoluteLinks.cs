using System.Text.RegularExpressions;
using CxOrchestrator.Templating;

namespace CxOrchestrator.Core.Content;

/// <summary>
/// Addresses in HTML that lead nowhere from a mail: a mail has no page that they could be relative to. Those that begin with code are left alone, since
/// what they begin with is known only for a customer.
/// </summary>
internal sealed partial class AbsoluteLinks : ILintRule
{
    private const int LongestShown = 100;

    private static readonly string[] ForPeople = ["http", "https", "mailto", "tel", "sms"];

    // cid: is a part of the same mail.
    private static readonly string[] ForFiles = ["http", "https", "cid", "data"];

    private static readonly Dictionary<(string Tag, string Attribute), string[]> Addresses = new()
    {
        [("a", "href")] = ForPeople,
        [("area", "href")] = ForPeople,
        [("form", "action")] = ForPeople,
        [("img", "src")] = ForFiles,
        [("input", "src")] = ForFiles,
        [("link", "href")] = ForFiles,
        [("body", "background")] = ForFiles,
        [("table", "background")] = ForFiles,
        [("td", "background")] = ForFiles,
        [("th", "background")] = ForFiles,
        [("source", "src")] = ForFiles,
        [("video", "src")] = ForFiles,
    };

    /// <inheritdoc/>
    public IEnumerable<Fault> Check(ContentFolder folder) =>
        folder.Html().SelectMany(Check);

    private static IEnumerable<Fault> Check(CompiledTemplate html) =>
        from tag in HtmlScanner.Tags(html)
        from attribute in tag.Attributes
        let schemes = Addresses.GetValueOrDefault((tag.Name, attribute.Name))
        where schemes is not null
        let problem = Problem(attribute.Value, schemes)
        where problem is not null
        select new Fault(html.Name, attribute.Line, attribute.Column, $"<{tag.Name} {attribute.Name}>: {problem.Value.Text}", problem.Value.IsWarning);

    private static (string Text, bool IsWarning)? Problem(string value, string[] schemes)
    {
        var address = value.Trim();
        if (address.Length == 0)
            return ("The address is empty. Write an absolute one, such as https://example.com/page.", false);
        if (address[0] == CompiledTemplate.Code)
            return null;
        var shown = Shown().Replace(address.Length <= LongestShown ? address : address[..LongestShown] + "...", "{{ }}");
        if (address[0] == '#')
            return ($"'{shown}' leads to a place in the same mail, which many mail readers don't go to. Write an absolute address, or take the link out.", true);
        if (Scheme().Match(address) is { Success: true } match)
        {
            var scheme = match.Groups[1].Value.ToLowerInvariant();
            if (!schemes.Contains(scheme) && !match.Groups[2].Success)
                return ($"'{shown}' begins with {scheme}:, which mail readers don't follow. Here go {string.Join(", ", schemes.Select(known => known + ":"))}.", false);
            if (schemes.Contains(scheme))
            {
                return scheme is "http" or "https" && !address[(scheme.Length + 1)..].StartsWith("//", StringComparison.Ordinal)
                    ? ($"'{shown}' has no host. Write {scheme}://host/page.", false)
                    : null;
            }
        }

        var hint = address.StartsWith("//", StringComparison.Ordinal) ? $"https:{shown}"
            : address.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? $"https://{shown}"
            : address.Contains('@', StringComparison.Ordinal) ? $"mailto:{shown}"
            : $"https://example.com/{shown.TrimStart('/', '.')}";
        return ($"'{shown}' is not an absolute address, and a mail has no page that it could be relative to. Write it whole, such as {hint}.", false);
    }

    // A number behind the colon is a port, where no scheme that we know stands before it.
    [GeneratedRegex("^([A-Za-z][A-Za-z0-9+.-]*):([0-9]{1,5}(?:/|$))?")]
    private static partial Regex Scheme();

    [GeneratedRegex("\uFFFC[\uFFFC\r\n]*")]
    private static partial Regex Shown();
}
