using System.Text.Json;
using Xunit;

namespace CxOrchestrator.Sdk.Testing.Suites;

/// <summary>What every <see cref="IEventPoller"/> promises.</summary>
public abstract class EventPollerSuite : ConnectorSuite<IEventPoller>
{
    /// <summary>Lets something happen in the service that the poller tells of; gives the person's id there.</summary>
    protected abstract Task<string> HappenAsync();

    /// <summary>What happened is told.</summary>
    [Fact]
    public async Task What_happened_is_told_with_all_that_belongs_to_it()
    {
        var person = await HappenAsync();

        var told = Assert.Single((await Subject.PollAsync(null, default)).Items);
        Assert.Equal(person, told.PersonId);
        Assert.NotEmpty(told.Id);
        Assert.Contains('.', told.Type);
        Assert.NotEqual(default, told.Time);
        Assert.Equal(JsonValueKind.Object, told.Data.ValueKind);
    }

    /// <summary>A cursor that was not kept leads to the same facts, by the same ids, so that they are stored once.</summary>
    [Fact]
    public async Task The_same_fact_asked_for_twice_has_the_same_id()
    {
        await HappenAsync();

        var first = await Subject.PollAsync(null, default);
        var second = await Subject.PollAsync(null, default);
        Assert.Equal(first.Items.Select(told => told.Id), second.Items.Select(told => told.Id));
    }

    /// <summary>A cursor that was kept leads to what is new.</summary>
    [Fact]
    public async Task A_cursor_leads_to_what_is_new_and_to_nothing_twice()
    {
        await HappenAsync();
        var first = await Subject.PollAsync(null, default);
        Assert.NotNull(first.NextCursor);
        var nothing = await Subject.PollAsync(first.NextCursor, default);
        Assert.Equal((0, null), (nothing.Items.Count, nothing.NextCursor));

        await HappenAsync();
        var second = Assert.Single((await Subject.PollAsync(first.NextCursor, default)).Items);
        Assert.DoesNotContain(first.Items, told => told.Id == second.Id);
    }

    /// <summary>A quiet service is no error.</summary>
    [Fact]
    public async Task A_service_where_nothing_happened_tells_of_nothing()
    {
        var page = await Subject.PollAsync(null, default);

        Assert.Equal((0, null), (page.Items.Count, page.NextCursor));
    }

    /// <summary>A cancelled call ends.</summary>
    [Fact]
    public async Task A_cancelled_call_ends() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Subject.PollAsync(null, new CancellationToken(true)));
}
