using CxOrchestrator.Plugins.Installed;
using CxOrchestrator.TestKit;

namespace CxOrchestrator.Plugins.Tests.Installed;

public sealed class InstalledBookTests : IDisposable
{
    private static readonly string Hash = "sha256:" + new string('a', 64);

    private readonly TemporaryFolder _folder = new();

    private InstalledBook Book => new(_folder.Path, TimeProvider.System);

    [Fact]
    public void A_book_that_nobody_has_written_is_empty() => Assert.Empty(Book.Read().Plugins);

    [Fact]
    public async Task What_is_written_is_read_again_in_the_layout_that_is_promised()
    {
        var since = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var plugin = Plugin("1.2.0", "1.3.0", "1.1.0") with
        {
            Candidate = new CandidateVersion("1.3.0", 0.1, since),
            Previous = "1.1.0",
            Rollbacks = [new Rollback("1.4.0", since, "errors rose")],
        };
        await Book.ChangeAsync(state => state.With("email.smtp", plugin));

        var read = Book.Read().Find("email.smtp")!;
        Assert.Equal(("1.2.0", plugin.Candidate, "1.1.0"), (read.Active, read.Candidate, read.Previous));
        Assert.Equal(plugin.Rollbacks, read.Rollbacks);
        Assert.Equal(plugin.Versions.OrderBy(version => version.Key), read.Versions.OrderBy(version => version.Key));
        var text = await File.ReadAllTextAsync(Book.File);
        Assert.Contains("\"format\": 1", text, StringComparison.Ordinal);
        Assert.Contains("\"share\": 0.1", text, StringComparison.Ordinal);
        Assert.Contains("\"since\": \"2026-01-01T00:00:00+00:00\"", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "line 1")]
    [InlineData("null", "it is null")]
    [InlineData("""{ "format": 2, "plugins": {} }""", "\"format\" is 2")]
    [InlineData("""{ "format": 1 }""", "plugins")]
    [InlineData("""{ "format": 1, "plugins": {}, "plugin": {} }""", "plugin")]
    [InlineData("""{ "format": 1, "plugins": {}, "plugins": {} }""", "Duplicate")]
    [InlineData("""{ "format": 1, "plugins": { "a": { "active": "1.0.0", "candidate": null, "previous": null, "rollbacks": [], "versions": {} } } }""", "\"active\" is 1.0.0, which \"versions\" does not have")]
    [InlineData("""{ "format": 1, "plugins": { "../a": { "active": "../b", "candidate": null, "previous": null, "rollbacks": [], "versions": { "../b": { "hash": "x", "from": "", "installedAt": "2026-01-01T00:00:00Z", "signature": "none" } } } } }""", "this is no id of a plugin", "\"../b\" is no version", "the hash of ../b is \"x\"")]
    public void A_book_that_is_no_book_is_refused_with_every_fault(string content, params string[] faults)
    {
        Directory.CreateDirectory(Book.Folder);
        File.WriteAllText(Book.File, content);
        var error = Assert.Throws<InvalidDataException>(() => Book.Read());
        Assert.All([Book.File, .. faults], fault => Assert.Contains(fault, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_state_that_could_not_be_read_again_is_not_written()
    {
        await Book.ChangeAsync(state => state.With("a", Plugin("1.0.0")));
        await Assert.ThrowsAsync<InvalidDataException>(() => Book.ChangeAsync(state => state.With("a", Plugin("1.0.0") with { Active = "2.0.0" })));
        Assert.Equal("1.0.0", Book.Read().Find("a")!.Active);
    }

    [Fact]
    public async Task Of_changes_made_at_once_none_is_lost()
    {
        await Task.WhenAll(Enumerable.Range(0, 24).Select(number => Task.Run(() => Book.ChangeAsync(state => state.With($"plugin-{number}", Plugin("1.0.0"))))));
        Assert.Equal(24, Book.Read().Plugins.Count);
    }

    [Fact]
    public async Task What_a_killed_process_left_half_written_harms_nobody()
    {
        await Book.ChangeAsync(state => state.With("a", Plugin("1.0.0")));
        await File.WriteAllTextAsync(Path.Combine(Book.Folder, ".installed.json.new"), "{ \"format\": 1, \"plu");
        Assert.NotNull(Book.Read().Find("a"));
        await Book.ChangeAsync(state => state.Without("a"));
        Assert.Empty(Book.Read().Plugins);
    }

    public void Dispose() => _folder.Dispose();

    private static InstalledPlugin Plugin(params string[] versions) => new()
    {
        Active = versions[0],
        Candidate = null,
        Previous = null,
        Rollbacks = [],
        Versions = versions.ToDictionary(version => version, _ => new InstalledVersion(Hash, "folder", new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), "none")),
    };
}
