using CxOrchestrator.Core;

namespace CxOrchestrator.Storage.Conformance.Marks;

/// <summary>What <see cref="IMarkStore"/> promises.</summary>
public abstract class MarkStoreConformance : StoreConformance
{
    [SkippableFact]
    public async Task A_mark_that_was_never_written_is_null() => Assert.Null(await Store.Marks.ReadAsync("cursor", Go));

    [SkippableFact]
    public async Task The_last_value_written_is_read()
    {
        await Store.Marks.WriteAsync("cursor/crm", "1", Go);
        await Store.Marks.WriteAsync("cursor/crm", "ค่า\0", Go);
        await Store.Marks.WriteAsync("cursor/desk", "", Go);

        Assert.Equal("ค่า\0", await Store.Marks.ReadAsync("cursor/crm", Go));
        Assert.Equal("", await Store.Marks.ReadAsync("cursor/desk", Go));
    }

    [SkippableFact]
    public async Task A_value_that_is_written_once_is_the_first_callers_for_ever()
    {
        var other = await AnotherProcessAsync();

        var held = await Task.WhenAll(Enumerable.Range(0, 10).Select(n => Task.Run(() => (n % 2 == 0 ? Store : other).Marks.WriteOnceAsync("key", $"value {n}", Go))));

        Assert.Single(held.Distinct());
        Assert.Equal(held[0], await Store.Marks.WriteOnceAsync("key", "later", Go));
        Assert.Equal(held[0], await Store.Marks.ReadAsync("key", Go));
    }

    [SkippableFact]
    public async Task A_name_is_taken_once()
    {
        Assert.True(await Store.Marks.TakeOnceAsync("birthday/2026-03-02T09:00Z", Go));
        Assert.False(await Store.Marks.TakeOnceAsync("birthday/2026-03-02T09:00Z", Go));
        Assert.True(await Store.Marks.TakeOnceAsync("birthday/2026-03-03T09:00Z", Go));
    }

    [SkippableFact]
    public async Task Of_many_that_take_a_name_at_once_one_gets_it()
    {
        var other = await AnotherProcessAsync();

        var taken = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => Task.Run(() => (n % 2 == 0 ? Store : other).Marks.TakeOnceAsync("run", Go))));

        Assert.Equal(1, taken.Count(one => one));
    }

    [SkippableFact]
    public async Task Taking_a_name_and_writing_a_mark_of_that_name_are_apart()
    {
        await Store.Marks.WriteAsync("x", "1", Go);

        Assert.True(await Store.Marks.TakeOnceAsync("x", Go));
        Assert.Equal("1", await Store.Marks.ReadAsync("x", Go));
    }
}
