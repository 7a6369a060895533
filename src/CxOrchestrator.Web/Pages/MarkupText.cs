using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace CxOrchestrator.Web.Pages;

/// <summary>An interpolated string whose holes are encoded for HTML text and quoted attributes.</summary>
[InterpolatedStringHandler]
internal readonly struct MarkupText(int literalLength, int holes)
{
    // Letters of all languages stay readable; what HTML gives a meaning is encoded.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder _text = new(literalLength + (holes * 16));

    /// <summary>For text that is made only where something holds.</summary>
    public MarkupText(int literalLength, int holes, bool holds, out bool goesOn)
        : this(holds ? literalLength : 0, holds ? holes : 0) => goesOn = holds;

    /// <summary>Appends our own text.</summary>
    public void AppendLiteral(string literal) => _text.Append(literal);

    /// <summary>Appends anybody's text, encoded.</summary>
    public void AppendFormatted(string? value)
    {
        if (value is not null)
            _text.Append(Encoder.Encode(value));
    }

    /// <summary>Appends markup as it stands.</summary>
    public void AppendFormatted(Markup? value) => _text.Append(value);

    /// <summary>Appends markup as it stands.</summary>
    public void AppendFormatted(IEnumerable<Markup> values) => _text.Append(Markup.Join(values));

    /// <summary>Appends a number.</summary>
    public void AppendFormatted(long value) => _text.Append(value.ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}
