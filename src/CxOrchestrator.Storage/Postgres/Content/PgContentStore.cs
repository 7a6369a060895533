using CxOrchestrator.Core.Content;

namespace CxOrchestrator.Storage.Postgres;

/// <inheritdoc cref="IContentStore"/>
internal sealed class PgContentStore(PgDatabase database) : IContentStore
{
    private const string Columns = "kind, key, version, text, published_at";

    // Publishing is rare; two at a time would both look for the newest version and both take the next.
    private const string OneAtATime = "lock table content in share row exclusive mode";

    private const string Newest = $"select {Columns} from content where kind = $1 and key = $2 order by version desc limit 1";

    private const string Insert = $"insert into content ({Columns}) values ($1, $2, $3, $4, $5)";

    private const string Latest = $"select distinct on (key) {Columns} from content where kind = $1 order by key, version desc";

    private const string Find = $"select {Columns} from content where kind = $1 and key = $2 and version = $3";

    private const string Mentions = "select count(*) from (select 1 from content where kind = $1 and position($2 in text) > 0 limit 1) found";

    public Task<IReadOnlyList<(int Version, bool New)>> PublishAsync(
        IReadOnlyList<(ContentKind Kind, string Key, string Text)> items, DateTimeOffset now, CancellationToken cancellation) =>
        database.WriteAsync<IReadOnlyList<(int, bool)>>(
            async session =>
            {
                await session.Use(OneAtATime).ExecuteAsync();
                var published = new List<(int, bool)>();
                foreach (var (kind, key, text) in items)
                    published.Add(await PublishAsync(session, kind, key, text, now));
                return published;
            },
            cancellation);

    public Task<IReadOnlyList<PublishedContent>> LatestAsync(ContentKind kind, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<PublishedContent>>(async session => await session.Use(Latest).Add(kind).AllAsync(Read), cancellation);

    public Task<PublishedContent?> FindAsync(ContentKind kind, string key, int version, CancellationToken cancellation) =>
        database.ReadAsync(session => session.Use(Find).Add(kind).Add(key).Add(version).FirstAsync(Read), cancellation);

    public Task<bool> MentionsAsync(ContentKind kind, string text, CancellationToken cancellation) =>
        database.ReadAsync(async session => await session.Use(Mentions).Add(kind).Add(text).NumberAsync() > 0, cancellation);

    public Task<long> RevisionAsync(CancellationToken cancellation) =>
        database.ReadAsync(session => session.Use("select max(revision) from content").NumberAsync(), cancellation);

    private static async Task<(int Version, bool New)> PublishAsync(
        PgSession session, ContentKind kind, string key, string text, DateTimeOffset now)
    {
        var newest = await session.Use(Newest).Add(kind).Add(key).FirstAsync(Read);
        if (newest?.Text == text)
            return (newest.Version, false);
        var version = (newest?.Version ?? 0) + 1;
        await session.Use(Insert).Add(kind).Add(key).Add(version).Add(text).Add(now).ExecuteAsync();
        return (version, true);
    }

    private static PublishedContent Read(PgRow row) =>
        new((ContentKind)row.Int(0), row.Text(1), row.Int(2), row.Text(3), row.Time(4));
}
