namespace CxOrchestrator.Core.Content;

/// <summary>Images without a text for those who don't see them: most mail readers load no images at first. An empty one is right for an ornament.</summary>
internal sealed class ImageDescriptions : ILintRule
{
    /// <inheritdoc/>
    public IEnumerable<Fault> Check(ContentFolder folder) =>
        from html in folder.Html()
        from tag in HtmlScanner.Tags(html)
        where (tag.Name == "img" || (tag.Name == "input" && tag["type"]?.Value.ToLowerInvariant() == "image")) && tag["alt"] is null
        select new Fault(html.Name, tag.Line, tag.Column,
            $"This <{tag.Name}> has no alternative text for those who don't see it. Add alt=\"what it shows\", or alt=\"\" where it is an ornament.", true);
}
