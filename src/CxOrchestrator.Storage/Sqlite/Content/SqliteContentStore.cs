using CxOrchestrator.Core.Content;

namespace CxOrchestrator.Storage.Sqlite;

/// <inheritdoc cref="IContentStore"/>
internal sealed class SqliteContentStore(SqliteDatabase database) : IContentStore
{
    private const string Columns = "kind, key, version, text, published_at";

    private const string Newest = $"select {Columns} from content where kind = ? and key = ? order by version desc limit 1";

    private const string Insert = $"insert into content ({Columns}) values (?, ?, ?, ?, ?)";

    private const string Latest = $"""
        select {Columns} from content c
        where kind = ? and version = (select max(version) from content n where n.kind = c.kind and n.key = c.key) order by key
        """;

    private const string Find = $"select {Columns} from content where kind = ? and key = ? and version = ?";

    private const string Mentions = "select 1 from content where kind = ? and instr(text, ?) > 0 limit 1";

    public Task<IReadOnlyList<(int Version, bool New)>> PublishAsync(
        IReadOnlyList<(ContentKind Kind, string Key, string Text)> items, DateTimeOffset now, CancellationToken cancellation) =>
        database.WriteAsync<IReadOnlyList<(int, bool)>>(
            session => [.. items.Select(item => Publish(session, item.Kind, item.Key, item.Text, now))], cancellation);

    public Task<IReadOnlyList<PublishedContent>> LatestAsync(ContentKind kind, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<PublishedContent>>(session => session.Use(Latest).Add(kind).All(Read), cancellation);

    public Task<PublishedContent?> FindAsync(ContentKind kind, string key, int version, CancellationToken cancellation) =>
        database.ReadAsync(session => session.Use(Find).Add(kind).Add(key).Add(version).First(Read), cancellation);

    public Task<bool> MentionsAsync(ContentKind kind, string text, CancellationToken cancellation) =>
        database.ReadAsync(session => session.Use(Mentions).Add(kind).Add(text).Number() is not null, cancellation);

    public Task<long> RevisionAsync(CancellationToken cancellation) =>
        database.ReadAsync(session => session.Use("select max(revision) from content").Number() ?? 0, cancellation);

    private static (int Version, bool New) Publish(
        SqliteSession session, ContentKind kind, string key, string text, DateTimeOffset now)
    {
        var newest = session.Use(Newest).Add(kind).Add(key).First(Read);
        if (newest?.Text == text)
            return (newest.Version, false);
        var version = (newest?.Version ?? 0) + 1;
        session.Use(Insert).Add(kind).Add(key).Add(version).Add(text).Add(now).Execute();
        return (version, true);
    }

    private static PublishedContent Read(Statement row) =>
        new((ContentKind)row.Int(0), row.Text(1), row.Int(2), row.Text(3), row.Time(4));
}
