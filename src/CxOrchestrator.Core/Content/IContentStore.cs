namespace CxOrchestrator.Core.Content;

/// <summary>What people write.</summary>
public enum ContentKind
{
    /// <summary>A journey: its YAML text.</summary>
    Journey,

    /// <summary>
    /// A message: its files as a JSON object of file name and text. The shared parts that it includes are among them, as <c>parts/NAME/en.html</c>; a message
    /// without any is the same as before there were parts.
    /// </summary>
    Message,

    /// <summary>A survey: its YAML text.</summary>
    Survey,
}

/// <summary>A published version: immutable.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Key">Its key, for example <c>post-delivery-nps</c>.</param>
/// <param name="Version">From 1.</param>
/// <param name="Text">The source, as published.</param>
/// <param name="PublishedAt">When.</param>
public sealed record PublishedContent(ContentKind Kind, string Key, int Version, string Text, DateTimeOffset PublishedAt);

/// <summary>Keeps published versions.</summary>
public interface IContentStore
{
    /// <summary>
    /// Publishes; all or none of a call. A text equal to the newest version's publishes nothing. Gives, in the same order, the version in force and
    /// whether it is new.
    /// </summary>
    Task<IReadOnlyList<(int Version, bool New)>> PublishAsync(
        IReadOnlyList<(ContentKind Kind, string Key, string Text)> items, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>The newest version of everything of a kind.</summary>
    Task<IReadOnlyList<PublishedContent>> LatestAsync(ContentKind kind, CancellationToken cancellation);

    /// <summary>One version, or null.</summary>
    Task<PublishedContent?> FindAsync(ContentKind kind, string key, int version, CancellationToken cancellation);

    /// <summary>Whether a text stands in the text of any version of a kind, old ones among them.</summary>
    Task<bool> MentionsAsync(ContentKind kind, string text, CancellationToken cancellation);

    /// <summary>A number that grows with every publication, to see cheaply whether something is new.</summary>
    Task<long> RevisionAsync(CancellationToken cancellation);
}
