namespace CxOrchestrator.Templating.Values;

/// <summary>Text that is HTML already and isn't escaped again: what <c>html.raw</c>, <c>html.escape</c> and <c>include</c> give.</summary>
internal sealed class RawHtml(string text)
{
    /// <summary>The text as it is printed.</summary>
    public string Text { get; } = text;

    /// <inheritdoc/>
    public override string ToString() => Text;
}
