using CxOrchestrator.Core;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Storage.Conformance;
using Npgsql;

namespace CxOrchestrator.Storage.Tests.Postgres;

/// <summary>Trails of which a node of an older version has written a part: all of it in the context, nothing of it apart.</summary>
public sealed class PgTrailTests : IAsyncLifetime
{
    private static readonly CancellationToken Go = CancellationToken.None;
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private OpenStore? _opened;

    private OpenStore Store => _opened!;

    public async Task InitializeAsync() => _opened = await PgStores.OpenAsync();

    public async Task DisposeAsync()
    {
        if (_opened is not null)
            await _opened.DisposeAsync();
    }

    [SkippableFact]
    public async Task A_trail_that_an_older_version_wrote_is_read_and_walked_on()
    {
        var walk = await BegunAsync();
        await OlderAsync(walk.Id, """[["1",1772452800000000,"waits"],["1",1772452800000001,"over"],["2",1772452800000002,"chose \u0022gold\u0022"]]""");
        Assert.Equal(["waits", "over", "chose \"gold\""], await ToldAsync(walk.Id));

        await WalkAsync("sent");
        Assert.Equal(["waits", "over", "chose \"gold\"", "sent"], await ToldAsync(walk.Id));
        Assert.Equal(3, (await StoredAsync(walk.Id)).Count(letter => letter == '\n'));
    }

    [SkippableFact]
    public async Task What_an_older_version_adds_beside_a_newer_one_stands_where_it_belongs()
    {
        var walk = await BegunAsync();
        await WalkAsync("waits");
        await WalkAsync("over");

        // It has read the last line alone.
        await OlderAsync(walk.Id, """[["2",1772452800000000,"over"],["3",1772452800000000,"chose"],["4",1772452800000000,"waits again"]]""");
        Assert.Equal(["waits", "over", "chose", "waits again"], await ToldAsync(walk.Id));

        await WalkAsync("ended");
        Assert.Equal(["waits", "over", "chose", "waits again", "ended"], await ToldAsync(walk.Id));
    }

    private async Task<Enrolment> BegunAsync()
    {
        var walk = Some.Enrolment();
        await Store.Work.CommitAsync(new Effects { Enrolments = [new Enrol(walk, null)] }, Go);
        return walk;
    }

    private async Task WalkAsync(string did) => Assert.Equal(1, (await Store.Work.WalkDueAsync(
        new WalkClaim(new Lease("node-a", Noon, Noon.AddSeconds(30)), Noon, [Lane.Service, Lane.Personal, Lane.Bulk], 10),
        due => Task.FromResult(new Effects { Moves = [.. due.Select(one => one with { Context = one.Context.With(new Trace("2", Noon, did)) })] }), Go)).Taken);

    private async Task<IEnumerable<string>> ToldAsync(Guid id) => (await Store.Enrolments.GetAsync([id], Go))[id].Context.Trail.Select(trace => trace.Did);

    private Task<string> StoredAsync(Guid id) => SqlAsync("select told from enrolments where id = $1", id);

    private Task OlderAsync(Guid id, string trail) => SqlAsync(
        "update enrolments set context = $2, revision = revision + 1 where id = $1 returning ''", id, $$"""{"event":{},"visits":{},"deliveries":{},"trail":{{trail}}}""");

    private async Task<string> SqlAsync(string sql, params object[] values)
    {
        await using var source = NpgsqlDataSource.Create($"{PgStores.ConnectionOf(Store)};Pooling=false");
        await using var command = source.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return (string)(await command.ExecuteScalarAsync(Go))!;
    }
}
