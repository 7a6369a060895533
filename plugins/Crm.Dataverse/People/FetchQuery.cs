using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace CxOrchestrator.Plugins.CrmDataverse.People;

/// <summary>A FetchXML query, made to give our columns page by page.</summary>
internal sealed class FetchQuery
{
    private readonly XElement _fetch;

    private FetchQuery(XElement fetch) => _fetch = fetch;

    /// <summary>Logical name of the table that it asks.</summary>
    public string Table => (string)_fetch.Element("entity")!.Attribute("name")!;

    /// <summary>What is wrong with a text; null where it is a query for contacts or accounts.</summary>
    public static string? Fault(string text)
    {
        try
        {
            var fetch = Parse(text);
            if (fetch.Name != "fetch" || (string?)fetch.Element("entity")?.Attribute("name") is not ("contact" or "account"))
                return "is no <fetch> for the entity contact or account";
            return (string?)fetch.Attribute("aggregate") == "true" || fetch.Attribute("top") is not null ? "must not have aggregate or top: its rows are paged" : null;
        }
        catch (XmlException fault)
        {
            return $"is not well-formed XML (line {fault.LineNumber})";
        }
    }

    /// <summary>Reads a text without a <see cref="Fault"/>, and asks for these columns instead of its own.</summary>
    public static FetchQuery Read(string text, Func<string, IEnumerable<string>> columns)
    {
        var fetch = Parse(text);
        var entity = fetch.Element("entity")!;
        // What it links to matters for the filter alone.
        entity.Descendants("attribute").Concat(entity.Descendants("all-attributes")).Remove();
        entity.AddFirst(columns((string)entity.Attribute("name")!).Select(name => new XElement("attribute", new XAttribute("name", name))));
        return new FetchQuery(fetch);
    }

    /// <summary>The query for one page.</summary>
    /// <param name="page">From 1.</param>
    /// <param name="size">Rows a page.</param>
    /// <param name="cookie">Where the last page ended, as XML; null for the first.</param>
    public string Page(int page, int size, string? cookie)
    {
        _fetch.SetAttributeValue("page", page.ToString(CultureInfo.InvariantCulture));
        _fetch.SetAttributeValue("count", size.ToString(CultureInfo.InvariantCulture));
        // The XML writer escapes it.
        _fetch.SetAttributeValue("paging-cookie", cookie);
        return _fetch.ToString(SaveOptions.DisableFormatting);
    }

    /// <summary>The cookie inside an answer's annotation: an attribute that is URL-encoded twice.</summary>
    public static string? CookieIn(string? annotation)
    {
        if (string.IsNullOrEmpty(annotation))
            return null;
        try
        {
            var encoded = (string?)Parse(annotation).Attribute("pagingcookie");
            return encoded is null ? null : Uri.UnescapeDataString(Uri.UnescapeDataString(encoded));
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static XElement Parse(string text)
    {
        // No document type: an admin's text must not read files or grow without end.
        using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        return XElement.Load(reader);
    }
}
