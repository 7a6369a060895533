using CxOrchestrator.Core.Content;

namespace CxOrchestrator.Storage.Conformance.Content;

/// <summary>What <see cref="IContentStore"/> promises.</summary>
public abstract class ContentStoreConformance : StoreConformance
{
    [SkippableFact]
    public async Task Versions_are_numbered_from_one_for_each_kind_and_key()
    {
        Assert.Equal([(1, true), (1, true), (1, true)], await PublishAsync((ContentKind.Journey, "a", "1"), (ContentKind.Survey, "a", "1"), (ContentKind.Journey, "b", "1")));
        Assert.Equal([(2, true)], await PublishAsync((ContentKind.Journey, "a", "2")));
    }

    [SkippableFact]
    public async Task A_text_equal_to_the_newest_publishes_nothing()
    {
        await PublishAsync((ContentKind.Message, "sorry", "text"));
        var revision = await Store.Content.RevisionAsync(Go);

        Assert.Equal([(1, false)], await PublishAsync((ContentKind.Message, "sorry", "text")));
        Assert.Equal(revision, await Store.Content.RevisionAsync(Go));
    }

    [SkippableFact]
    public async Task A_text_equal_to_an_older_one_is_a_new_version() =>
        Assert.Equal([(1, true), (2, true), (3, true), (3, false)], await PublishAsync(
            (ContentKind.Journey, "a", "old"), (ContentKind.Journey, "a", "new"), (ContentKind.Journey, "a", "old"), (ContentKind.Journey, "a", "old")));

    [SkippableFact]
    public async Task Every_version_stays_as_it_was_published()
    {
        const string Text = "journey: ยินดี\r\n# 注释 \u200F\ttab\n";
        await PublishAsync((ContentKind.Journey, "a", Text), (ContentKind.Journey, "a", "other"));

        Assert.Equal(new PublishedContent(ContentKind.Journey, "a", 1, Text, Noon), await Store.Content.FindAsync(ContentKind.Journey, "a", 1, Go));
        Assert.Equal("other", (await Store.Content.FindAsync(ContentKind.Journey, "a", 2, Go))!.Text);
        Assert.Null(await Store.Content.FindAsync(ContentKind.Journey, "a", 3, Go));
        Assert.Null(await Store.Content.FindAsync(ContentKind.Survey, "a", 1, Go));
    }

    [SkippableFact]
    public async Task The_newest_of_everything_of_a_kind_is_given()
    {
        await PublishAsync(
            (ContentKind.Journey, "a", "1"), (ContentKind.Journey, "a", "2"), (ContentKind.Journey, "b", "1"), (ContentKind.Survey, "nps", "1"));

        Assert.Equal(
            [("a", 2, "2"), ("b", 1, "1")],
            (await Store.Content.LatestAsync(ContentKind.Journey, Go)).OrderBy(one => one.Key).Select(one => (one.Key, one.Version, one.Text)));
        Assert.Empty(await Store.Content.LatestAsync(ContentKind.Message, Go));
    }

    [SkippableFact]
    public async Task A_call_that_fails_in_the_middle_publishes_nothing()
    {
        await Assert.ThrowsAnyAsync<Exception>(() => PublishAsync((ContentKind.Journey, "a", "1"), (ContentKind.Journey, "b", null!)));

        Assert.Empty(await Store.Content.LatestAsync(ContentKind.Journey, Go));
        Assert.Equal(0, await Store.Content.RevisionAsync(Go));
    }

    [SkippableFact]
    public async Task The_revision_grows_with_every_publication()
    {
        var revisions = new List<long> { await Store.Content.RevisionAsync(Go) };
        foreach (var (kind, key) in new[] { (ContentKind.Journey, "a"), (ContentKind.Survey, "a"), (ContentKind.Journey, "a") })
        {
            await PublishAsync((kind, key, $"{revisions.Count}"));
            revisions.Add(await Store.Content.RevisionAsync(Go));
        }

        Assert.Equal(revisions.Distinct().Order(), revisions);
    }

    [SkippableFact]
    public async Task A_text_is_found_in_any_version_of_its_kind()
    {
        await PublishAsync((ContentKind.Journey, "a", "on: delivery.accepted"), (ContentKind.Journey, "a", "on: ping"), (ContentKind.Survey, "b", "on: case.opened"));

        Assert.True(await Store.Content.MentionsAsync(ContentKind.Journey, "delivery.accepted", Go));
        Assert.True(await Store.Content.MentionsAsync(ContentKind.Journey, "ping", Go));
        Assert.False(await Store.Content.MentionsAsync(ContentKind.Journey, "delivery_accepted", Go));
        Assert.False(await Store.Content.MentionsAsync(ContentKind.Journey, "case.opened", Go));
        Assert.False(await Store.Content.MentionsAsync(ContentKind.Message, "ping", Go));
    }

    [SkippableFact]
    public async Task Of_two_processes_that_publish_the_same_text_one_is_new()
    {
        var other = await AnotherProcessAsync();

        var published = await Task.WhenAll(new[] { Store, other }.Select(store => Task.Run(
            () => store.Content.PublishAsync([(ContentKind.Journey, "a", "same")], Noon, Go))));

        Assert.Equal(1, published.Count(one => one[0].New));
        Assert.All(published, one => Assert.Equal(1, one[0].Version));
    }

    private Task<IReadOnlyList<(int Version, bool New)>> PublishAsync(params (ContentKind Kind, string Key, string Text)[] items) =>
        Store.Content.PublishAsync(items, Noon, Go);
}
