using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Customers;

namespace CxOrchestrator.Core.Tests.Content.Parts;

/// <summary>What is published stays as it was, whatever becomes of the parts that it includes.</summary>
public sealed class PartPublicationTests
{
    private readonly MemoryContentStore _store = new();

    [Fact]
    public async Task A_part_that_changes_makes_a_new_version_of_every_message_that_reaches_it_and_of_no_other()
    {
        var files = Files();
        Assert.All(await PublishAsync(files), item => Assert.True(item is { Version: 1, New: true }));
        Assert.DoesNotContain(await PublishAsync(files), item => item.New);

        files["parts/name/any.txt"] = "Us Ltd";
        Assert.Equal(["direct", "through"], (await PublishAsync(files)).Where(item => item is { New: true, Version: 2 }).Select(item => item.Key));

        // Thai is a language of one message alone, and nobody includes the other one.
        files["parts/footer/th.txt"] = "จากเรา";
        files["parts/unused/any.txt"] = "changed";
        Assert.DoesNotContain(await PublishAsync(files), item => item.New);

        files["parts/footer/en.txt"] += "!";
        Assert.Equal("through", Assert.Single(await PublishAsync(files), item => item.New).Key);
    }

    [Fact]
    public async Task A_published_version_keeps_the_parts_that_it_was_published_with()
    {
        var files = Files();
        await PublishAsync(files);
        files["parts/name/any.txt"] = "Us Ltd";
        await PublishAsync(files);
        files.Remove("parts/name/any.txt");
        files.Remove("parts/footer/th.txt");
        files["parts/footer/en.txt"] = "gone";
        files["messages/direct/en.txt"] = "alone";
        await PublishAsync(files);

        Assert.Equal("From Us\n", await TextAsync("through", 1));
        Assert.Equal("From Us Ltd\n", await TextAsync("through", 2));
        Assert.Equal("gone\n", await TextAsync("through", 3));
        Assert.Equal("Us\n", await TextAsync("direct", 1));
    }

    [Fact]
    public async Task What_a_computed_name_may_mean_is_published_whole()
    {
        var files = Files();
        files["messages/plain/en.txt"] = "{{ include (customer.tier ?? 'name') }}";
        await PublishAsync(files);
        var stored = await _store.FindAsync(ContentKind.Message, "plain", 1, default);
        Assert.Equal(
            ["en.subject", "en.txt", "parts/footer/en.txt", "parts/name/any.txt", "parts/unused/any.txt"], ContentFolder.MessageFiles(stored!.Text).Keys);
        files["parts/unused/any.txt"] = "changed";
        Assert.Equal("plain", Assert.Single(await PublishAsync(files), item => item.New).Key);
    }

    [Fact]
    public async Task A_message_without_includes_is_stored_as_before_there_were_parts()
    {
        await PublishAsync(Files());
        Assert.Equal("""{"en.subject":"Hi","en.txt":"plain"}""", (await _store.FindAsync(ContentKind.Message, "plain", 1, default))!.Text);
    }

    [Fact]
    public async Task A_version_that_was_published_before_there_were_parts_still_reads()
    {
        // In a branch that no sample customer comes to, even an include could be published.
        await _store.PublishAsync(
            [(ContentKind.Message, "old", """{"en.subject":"Hi","en.txt":"Hi{{ if customer.tier == 'x' }}{{ include 'footer' }}{{ end }}"}""")], AContent.Now, default);
        Assert.Equal("Hi\n", await TextAsync("old", 1));
        var catalog = new ContentCatalog(_store, AContent.Rules);
        await catalog.RefreshAsync(default);
        Assert.Empty(catalog.Faults);
        Assert.NotNull(catalog.Message("old"));
    }

    [Fact]
    public async Task The_catalog_renders_what_was_published_with_its_parts_also_under_another_default_language()
    {
        await PublishAsync(Files());
        var catalog = new ContentCatalog(_store, AContent.Rules with { DefaultLanguage = "en-GB" });
        await catalog.RefreshAsync(default);
        Assert.Empty(catalog.Faults);
        Assert.Equal("From Us\n", Text(catalog.Message("through")!));
    }

    [Fact]
    public async Task A_broken_part_lets_nothing_be_published()
    {
        var files = Files();
        files["parts/name/any.txt"] = "{{ if }}";
        var report = await new Publisher(_store, AContent.Rules).PublishAsync(files, AContent.Now, default);
        Assert.False(report.Ok);
        Assert.Equal(0, await _store.RevisionAsync(default));
    }

    private static Dictionary<string, string> Files() => new(StringComparer.Ordinal)
    {
        ["messages/direct/en.subject"] = "Hi",
        ["messages/direct/en.txt"] = "{{ include 'name' }}",
        ["messages/plain/en.subject"] = "Hi",
        ["messages/plain/en.txt"] = "plain",
        ["messages/through/en.subject"] = "Hi",
        ["messages/through/en.txt"] = "{{ include 'footer' }}",
        ["parts/footer/en.txt"] = "From {{ include 'name' }}",
        ["parts/footer/th.txt"] = "จาก {{ include 'name' }}",
        ["parts/name/any.txt"] = "Us",
        ["parts/unused/any.txt"] = "unused",
    };

    private static string Text(MessageTemplate message)
    {
        var customer = AContent.Customer();
        return MessageRenderer.Render(message, Channel.Email, customer, AContent.Model(customer), AContent.Now).Message!.Text;
    }

    private async Task<string> TextAsync(string name, int version)
    {
        var stored = await _store.FindAsync(ContentKind.Message, name, version, default);
        return Text(MessageParser.Parse(name, ContentFolder.MessageFiles(stored!.Text), "en", version).Message!);
    }

    private async Task<IReadOnlyList<PublishedItem>> PublishAsync(IReadOnlyDictionary<string, string> files)
    {
        var report = await new Publisher(_store, AContent.Rules).PublishAsync(files, AContent.Now, default);
        Assert.True(report.Ok, string.Join('\n', report.Faults));
        return report.Items;
    }
}
