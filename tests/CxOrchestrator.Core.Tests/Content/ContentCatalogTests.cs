using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Events;

namespace CxOrchestrator.Core.Tests.Content;

public sealed class ContentCatalogTests
{
    private readonly MemoryContentStore _store = new();

    [Fact]
    public async Task What_is_published_is_in_force_after_a_refresh()
    {
        var catalog = new ContentCatalog(_store, AContent.Rules);
        await catalog.RefreshAsync(default);
        Assert.Empty(catalog.Journeys);

        await PublishAsync(AContent.Files());
        await catalog.RefreshAsync(default);
        Assert.Equal(1, catalog.Journeys["ask"].Version);
        Assert.Equal(1, catalog.Survey("nps")!.Version);
        Assert.Equal(["en", "th"], catalog.Message("invite")!.Languages.Keys.Order());
        Assert.Null(catalog.Message("nobody"));
        Assert.Empty(catalog.Faults);
    }

    [Fact]
    public async Task A_refresh_without_news_reads_nothing_but_the_revision()
    {
        var catalog = new ContentCatalog(_store, AContent.Rules);
        await PublishAsync(AContent.Files());
        await catalog.RefreshAsync(default);
        var reads = _store.Reads;
        await catalog.RefreshAsync(default);
        Assert.Equal(reads, _store.Reads);
    }

    [Fact]
    public async Task Old_versions_stay_and_are_compiled_once()
    {
        var catalog = new ContentCatalog(_store, AContent.Rules);
        var files = AContent.Files();
        await PublishAsync(files);
        files["journeys/ask.yaml"] = files["journeys/ask.yaml"].Replace("upTo: 5d", "upTo: 6d", StringComparison.Ordinal);
        await PublishAsync(files);
        await catalog.RefreshAsync(default);

        Assert.Equal(2, catalog.Journeys["ask"].Version);
        var old = await catalog.JourneyAsync("ask", 1, default);
        Assert.Equal(1, old!.Version);
        Assert.Same(old, await catalog.JourneyAsync("ask", 1, default));
        Assert.Same(catalog.Journeys["ask"], await catalog.JourneyAsync("ask", 2, default));
        Assert.Null(await catalog.JourneyAsync("ask", 3, default));
        Assert.Equal(1, (await catalog.SurveyAsync("nps", 1, default))!.Version);
        Assert.Null(await catalog.SurveyAsync("nobody", 1, default));
    }

    [Fact]
    public async Task Stored_content_that_cannot_be_compiled_is_told_and_the_rest_is_in_force()
    {
        await PublishAsync(AContent.Files());
        await _store.PublishAsync(
            [(ContentKind.Journey, "old", "journey: old\nsteps: []"), (ContentKind.Message, "odd", "no JSON"), (ContentKind.Survey, "none", "")], AContent.Now, default);
        var catalog = new ContentCatalog(_store, AContent.Rules);
        await catalog.RefreshAsync(default);
        Assert.Equal(["ask"], catalog.Journeys.Keys);
        Assert.NotNull(catalog.Message("invite"));
        foreach (var file in (string[])["journey old, version 1", "message odd, version 1", "survey none, version 1"])
            Assert.Contains(catalog.Faults, fault => fault.File == file);
    }

    [Fact]
    public async Task Own_events_are_heard_that_any_version_of_a_journey_names()
    {
        var catalog = new ContentCatalog(_store, AContent.Rules);
        Assert.True(catalog.Hears(EventTypes.DeliveryAccepted));
        var files = AContent.Files();
        await PublishAsync(files);
        await catalog.RefreshAsync(default);
        Assert.False(catalog.Hears(EventTypes.DeliveryAccepted));
        Assert.True(catalog.Hears(EventTypes.SurveyAnswered));
        Assert.True(catalog.Hears("order.delivered"));

        files["journeys/ask.yaml"] += "\ngoal: { on: delivery.accepted }\n";
        await PublishAsync(files);
        files["journeys/ask.yaml"] = AContent.Files()["journeys/ask.yaml"];
        await PublishAsync(files);
        await catalog.RefreshAsync(default);
        Assert.Equal(3, catalog.Journeys["ask"].Version);
        Assert.True(catalog.Hears(EventTypes.DeliveryAccepted));
    }

    private async Task PublishAsync(IReadOnlyDictionary<string, string> files) =>
        Assert.True((await new Publisher(_store, AContent.Rules).PublishAsync(files, AContent.Now, default)).Ok);
}
