using System.Runtime.CompilerServices;
using System.Text;

namespace CxOrchestrator.Web.Pages;

/// <summary>
/// HTML that is ready to be sent. <c>Markup.Of($"...")</c> encodes every hole that isn't markup itself, so that what people write can't become
/// part of a page by an oversight.
/// </summary>
internal sealed class Markup
{
    private readonly string _text;

    private Markup(string text) => _text = text;

    /// <summary>Nothing.</summary>
    public static Markup Empty { get; } = new("");

    /// <summary>The literal parts as they stand, the holes encoded.</summary>
    public static Markup Of(MarkupText text) => new(text.ToString());

    /// <summary>Text of our own that is HTML (or CSS) already; never anything that came in.</summary>
    public static Markup Raw(string ours) => new(ours);

    /// <summary>One after the other.</summary>
    public static Markup Join(IEnumerable<Markup> parts)
    {
        var all = new StringBuilder();
        foreach (var part in parts)
            all.Append(part._text);
        return new Markup(all.ToString());
    }

    /// <summary>The markup where it holds; else nothing, and the holes are not evaluated.</summary>
    public static Markup If(bool holds, [InterpolatedStringHandlerArgument(nameof(holds))] MarkupText text) => holds ? Of(text) : Empty;

    /// <inheritdoc/>
    public override string ToString() => _text;
}
