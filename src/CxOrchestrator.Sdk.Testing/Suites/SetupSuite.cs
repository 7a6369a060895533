using CxOrchestrator.Sdk.Testing.Faults;
using Xunit;

namespace CxOrchestrator.Sdk.Testing.Suites;

/// <summary>What every <see cref="ISetup"/> promises.</summary>
public abstract class SetupSuite : ConnectorSuite<ISetup>
{
    /// <summary>The service's faults.</summary>
    protected abstract IServiceFaults Faults { get; }

    /// <summary>How many requests so far have changed something on the service's side.</summary>
    protected abstract int Changes { get; }

    /// <summary>Does on the service's side whatever finishes what it says to be making. Default: nothing is.</summary>
    protected virtual Task FinishAsync() => Task.CompletedTask;

    /// <summary>An admin reads it.</summary>
    [Fact]
    public async Task What_is_needed_is_a_list_that_an_admin_can_act_on()
    {
        var items = await Subject.InspectAsync(default);

        Assert.NotEmpty(items);
        Assert.Equal(items.Count, items.Select(item => item.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.All(items, item => Assert.False(string.IsNullOrWhiteSpace(item.Id) || string.IsNullOrWhiteSpace(item.Title)));
        Assert.All(items.Where(item => item.State == SetupState.Missing), item => Assert.False(string.IsNullOrWhiteSpace(item.WhatToDo), $"{item.Id} is missing, and nothing is said"));
        Assert.All(items, item => AssertNoSecretIn(item.ToString()));
    }

    /// <summary>Looking is not touching.</summary>
    [Fact]
    public async Task Looking_changes_nothing()
    {
        var before = Changes;
        var first = await Subject.InspectAsync(default);

        Assert.Equal(first, await Subject.InspectAsync(default));
        await Subject.DescribeAsync(default);
        Assert.Equal(before, Changes);
    }

    /// <summary>In the order of the list, so that a column comes after its table.</summary>
    [Fact]
    public async Task What_can_be_made_is_made_once()
    {
        var missing = (await Subject.InspectAsync(default)).Where(item => item is { State: SetupState.Missing, CanCreate: true }).ToList();
        foreach (var item in missing)
        {
            Assert.IsType<Written>(await Subject.CreateAsync(item.Id, default));
            await FinishAsync();
        }

        var after = (await Subject.InspectAsync(default)).ToDictionary(item => item.Id);
        Assert.All(missing, item => Assert.True(after[item.Id].State is SetupState.Present or SetupState.Pending, after[item.Id].ToString()));
        var changes = Changes;
        foreach (var item in missing)
            Assert.IsType<Written>(await Subject.CreateAsync(item.Id, default));
        Assert.Equal(changes, Changes);
    }

    /// <summary>A typo is an outcome.</summary>
    [Fact]
    public async Task An_item_that_does_not_exist_is_refused()
    {
        var before = Changes;

        Assert.IsType<WriteRefused>(await Subject.CreateAsync("no-such-item", default));
        Assert.Equal(before, Changes);
    }

    /// <summary>What an admin gets to import.</summary>
    [Fact]
    public async Task A_description_is_a_file_with_a_plain_name_and_no_secret()
    {
        if (await Subject.DescribeAsync(default) is not { } file)
            return;

        Assert.Equal(Path.GetFileName(file.Name), file.Name);
        Assert.False(file.Content.IsEmpty);
        AssertNoSecretIn(System.Text.Encoding.Latin1.GetString(file.Content.Span));
        Assert.Equal(file.Content.ToArray(), (await Subject.DescribeAsync(default))!.Content.ToArray());
    }

    /// <summary>An outage is not "missing": an admin would make things that are there.</summary>
    [Theory]
    [InlineData(ServiceFault.Throttled)]
    [InlineData(ServiceFault.Unauthorised)]
    [InlineData(ServiceFault.Failing)]
    [InlineData(ServiceFault.CutBeforeBody)]
    [InlineData(ServiceFault.CutInAnswer)]
    [InlineData(ServiceFault.Garbage)]
    [InlineData(ServiceFault.WrongPage)]
    public async Task A_service_that_does_not_answer_is_told_as_such(ServiceFault fault)
    {
        // Nothing came of it, or items that say so.
        var items = await Call().ResultAsync(fault, async cancellation =>
        {
            try
            {
                return await Subject.InspectAsync(cancellation);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                AssertNoSecretIn(failure.ToString());
                return [];
            }
        });

        Assert.All(items, item => Assert.NotEqual(SetupState.Missing, item.State));
        Assert.NotEmpty(await Subject.InspectAsync(default));
    }

    /// <summary>A cancelled call ends.</summary>
    [Fact]
    public async Task Cancelled_calls_end()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Subject.InspectAsync(new CancellationToken(true)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Subject.CreateAsync("anything", new CancellationToken(true)));
        Assert.Null(await Call().GiveUpAsync(Subject.InspectAsync));
    }

    private CallUnderFault Call() => new(Faults, AssertNoSecretIn, Log);
}
