using CxOrchestrator.Sdk.Testing.Builders;
using Xunit;

namespace CxOrchestrator.Sdk.Testing.Suites;

/// <summary>What every <see cref="ICrmWriter"/> promises.</summary>
public abstract class CrmWriterSuite : ConnectorSuite<ICrmWriter>
{
    /// <summary>How often a change with this key stands in the CRM.</summary>
    protected abstract Task<int> CountAsync(string key);

    /// <summary>The text that the CRM holds in a field of a person; null where it has none.</summary>
    protected abstract Task<string?> FieldAsync(string personId, string field);

    /// <summary>Makes sure that the CRM knows a person, and gives their id there.</summary>
    protected abstract Task<string> AddPersonAsync();

    /// <summary>Everything that a journey tells can be written.</summary>
    [Theory]
    [InlineData(CrmChangeKind.Message)]
    [InlineData(CrmChangeKind.Answer)]
    [InlineData(CrmChangeKind.Score)]
    [InlineData(CrmChangeKind.Case)]
    [InlineData(CrmChangeKind.Fields)]
    [InlineData(CrmChangeKind.Consent)]
    public async Task Every_kind_of_change_is_written_once(CrmChangeKind kind)
    {
        var change = Some.AChange(await AddPersonAsync(), kind, ("score", 9), ("comment", "fine"), ("again", true), ("nothing", null));

        var written = Assert.IsType<Written>(Assert.Single(await Subject.UpsertAsync([change], default)));
        Assert.NotEmpty(written.Id);
        Assert.Equal(1, await CountAsync(change.Key));
    }

    /// <summary>A write whose outcome was unknown is repeated with its key.</summary>
    [Fact]
    public async Task The_same_key_again_is_written_and_stands_once()
    {
        var change = Some.AChange(await AddPersonAsync(), CrmChangeKind.Answer, ("score", 3));
        var first = await Subject.UpsertAsync([change], default);
        var second = await Subject.UpsertAsync([change, change], default);

        Assert.All(second, result => Assert.Equal(first[0], result));
        Assert.Equal(1, await CountAsync(change.Key));
    }

    /// <summary>Results are matched to changes by their place.</summary>
    [Fact]
    public async Task A_full_batch_gives_one_result_for_each_change_in_order()
    {
        var person = await AddPersonAsync();
        var changes = Enumerable.Range(0, Subject.BatchSize).Select(i => Some.AChange(person, CrmChangeKind.Fields, ("step", i))).ToList();

        var results = await Subject.UpsertAsync(changes, default);

        Assert.Equal(changes.Count, results.Count);
        Assert.All(results, result => Assert.IsType<Written>(result));
        Assert.Equal(1, await CountAsync(changes[^1].Key));
        Assert.Equal((changes.Count - 1).ToString(System.Globalization.CultureInfo.InvariantCulture), await FieldAsync(person, "step"));
    }

    /// <summary>Nothing to write is nothing.</summary>
    [Fact]
    public async Task An_empty_batch_gives_an_empty_answer() => Assert.Empty(await Subject.UpsertAsync([], default));

    /// <summary>Names and comments come in every script.</summary>
    [Theory]
    [MemberData(nameof(Scripts.All), MemberType = typeof(Scripts))]
    public async Task Any_script_stands_as_it_was_written(string text)
    {
        var person = await AddPersonAsync();
        await Subject.UpsertAsync([Some.AChange(person, CrmChangeKind.Fields, ("comment", text))], default);

        Assert.Equal(text, await FieldAsync(person, "comment"));
    }

    /// <summary>Calls come from several threads.</summary>
    [Fact]
    public async Task Changes_at_once_all_stand_once()
    {
        var person = await AddPersonAsync();
        var changes = Enumerable.Range(0, 40).Select(_ => Some.AChange(person, CrmChangeKind.Answer)).ToList();

        // Each change is written by two callers.
        await Task.WhenAll(changes.Concat(changes).Select(change => Subject.UpsertAsync([change], default)));

        foreach (var change in changes)
        {
            Assert.Equal(1, await CountAsync(change.Key));
        }
    }

    /// <summary>A cancelled call writes nothing.</summary>
    [Fact]
    public async Task A_call_that_is_cancelled_before_it_begins_writes_nothing()
    {
        var change = Some.AChange(await AddPersonAsync());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Subject.UpsertAsync([change], new CancellationToken(true)));
        Assert.Equal(0, await CountAsync(change.Key));
    }

    /// <summary>An outage asks for another try.</summary>
    [Fact]
    public async Task A_service_that_can_not_be_reached_asks_for_another_try_of_every_change()
    {
        var results = await WithoutServiceAsync(writer => writer.UpsertAsync([Some.AChange("a"), Some.AChange("b")], default));

        Assert.Equal(2, results.Count);
        Assert.All(results, result => Assert.IsType<WriteRetry>(result));
        Assert.All(results, result => AssertNoSecretIn(result.ToString()));
    }
}
