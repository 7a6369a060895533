using CxOrchestrator.Core.Content;

namespace CxOrchestrator.Core.Tests.Content;

/// <summary>Published versions in memory.</summary>
internal sealed class MemoryContentStore : IContentStore
{
    private readonly List<PublishedContent> _all = [];

    /// <summary>How often anything but the revision was read.</summary>
    public int Reads { get; private set; }

    public Task<IReadOnlyList<(int Version, bool New)>> PublishAsync(
        IReadOnlyList<(ContentKind Kind, string Key, string Text)> items, DateTimeOffset now, CancellationToken cancellation)
    {
        var versions = new List<(int, bool)>();
        foreach (var (kind, key, text) in items)
        {
            var newest = _all.LastOrDefault(one => one.Kind == kind && one.Key == key);
            var isNew = newest?.Text != text;
            if (isNew)
                _all.Add(newest = new PublishedContent(kind, key, (newest?.Version ?? 0) + 1, text, now));
            versions.Add((newest!.Version, isNew));
        }

        return Task.FromResult<IReadOnlyList<(int, bool)>>(versions);
    }

    public Task<IReadOnlyList<PublishedContent>> LatestAsync(ContentKind kind, CancellationToken cancellation)
    {
        Reads++;
        return Task.FromResult<IReadOnlyList<PublishedContent>>([.. _all.Where(one => one.Kind == kind).GroupBy(one => one.Key).Select(group => group.Last())]);
    }

    public Task<PublishedContent?> FindAsync(ContentKind kind, string key, int version, CancellationToken cancellation)
    {
        Reads++;
        return Task.FromResult(_all.Find(one => one.Kind == kind && one.Key == key && one.Version == version));
    }

    public Task<bool> MentionsAsync(ContentKind kind, string text, CancellationToken cancellation)
    {
        Reads++;
        return Task.FromResult(_all.Exists(one => one.Kind == kind && one.Text.Contains(text, StringComparison.Ordinal)));
    }

    public Task<long> RevisionAsync(CancellationToken cancellation) => Task.FromResult((long)_all.Count);
}
