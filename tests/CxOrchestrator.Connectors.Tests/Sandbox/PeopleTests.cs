using CxOrchestrator.Plugins.Sandbox;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Testing;
using CxOrchestrator.TestKit;
using static CxOrchestrator.Sdk.Testing.Builders.Some;

namespace CxOrchestrator.Connectors.Tests.Sandbox;

public sealed class PeopleTests : IAsyncDisposable, IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder _folder = new();
    private readonly SandboxConnector _sandbox;

    public PeopleTests() =>
        _sandbox = new SandboxConnector(
            new ConnectionContext("sandbox", _folder.Path, new ManualTimeProvider(), new RecordingLog()), new SandboxSettings());

    public Task InitializeAsync() => Task.CompletedTask;

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        await _sandbox.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_a_journey_tells_stands_on_the_persons_record()
    {
        await WriteAsync(
            AChange("p", CrmChangeKind.Message, ("channel", "email")) with { Title = "Invitation" },
            AChange("p", CrmChangeKind.Answer, ("score", 4), ("comment", "late")) with { Title = "NPS 4, delivery" },
            AChange("p", CrmChangeKind.Score, ("score", 4), ("survey", "nps")),
            AChange("p", CrmChangeKind.Case, ("ticket", "T-1")) with { Title = "Case opened" },
            AChange("p", CrmChangeKind.Consent, ("channel", "email"), ("purpose", "feedback"), ("state", "withdrawn")),
            AChange("p", CrmChangeKind.Message) with { Title = "Sorry" });

        var fields = (await FindAsync("p"))!.Fields;
        Assert.Equal(
            (2L, "Sorry", "email", 1L, "NPS 4, delivery", "late", 4L, "nps", "Case opened", "T-1", "withdrawn"),
            (fields["messages"], fields["last_message"], fields["last_message_channel"], fields["answers"], fields["last_answer"],
                fields["last_answer_comment"], fields["last_score"], fields["last_score_survey"], fields["last_case"],
                fields["last_case_ticket"], fields["consent_email_feedback"]));
        Assert.Equal("2026-03-02T12:00:00Z", fields["last_score_at"]);
    }

    [Fact]
    public async Task A_score_that_comes_late_does_not_stand_over_a_newer_one()
    {
        await WriteAsync(
            AChange("p", CrmChangeKind.Score, ("score", 9)) with { At = Noon.AddDays(1) },
            AChange("p", CrmChangeKind.Score, ("score", 2)) with { At = Noon });

        Assert.Equal(9L, (await FindAsync("p"))!.Fields["last_score"]);
    }

    [Theory]
    [InlineData("all", new[] { "a", "b", "c" })]
    [InlineData("locale=TH", new[] { "a", "c" })]
    [InlineData("vip=true", new[] { "b" })]
    [InlineData("city=São Paulo", new[] { "b" })]
    [InlineData("time_zone=Asia/Bangkok", new[] { "a" })]
    [InlineData("locale=de", new string[0])]
    public async Task A_segment_is_everybody_or_a_field_with_a_value(string segment, string[] expected)
    {
        await WriteAsync(
            AChange("a", CrmChangeKind.Fields, ("locale", "th"), ("timeZone", "Asia/Bangkok")),
            AChange("b", CrmChangeKind.Fields, ("locale", "pt-BR"), ("vip", true), ("city", "São Paulo")),
            AChange("c", CrmChangeKind.Fields, ("locale", "th")));

        Assert.Equal(expected, (await _sandbox.SegmentAsync(segment, null, default)).Items.Select(person => person.Id));
    }

    [Theory]
    [InlineData("", "p")]
    [InlineData("k", "")]
    public async Task A_change_without_key_or_person_is_refused_and_the_others_are_written(string key, string person)
    {
        var results = await _sandbox.UpsertAsync([AChange("p") with { Key = key, PersonId = person }, AChange("p")], default);

        Assert.IsType<WriteRefused>(results[0]);
        Assert.IsType<Written>(results[1]);
    }

    [Fact]
    public async Task A_cursor_of_somebody_else_is_an_error_that_names_it()
    {
        var fault = await Assert.ThrowsAsync<ArgumentException>(() => ((ICrmReader)_sandbox).ChangedSinceAsync("their-cursor", default));

        Assert.Contains("their-cursor", fault.Message, StringComparison.Ordinal);
    }

    private async Task WriteAsync(params CrmChange[] changes) =>
        Assert.All(await _sandbox.UpsertAsync(changes, default), result => Assert.IsType<Written>(result));

    private Task<CrmPerson?> FindAsync(string id) => ((ICrmReader)_sandbox).FindAsync(id, default);
}
