using Xunit;

namespace CxOrchestrator.Sdk.Testing.Suites;

/// <summary>What every <see cref="ICrmReader"/> promises.</summary>
public abstract class CrmReaderSuite : ConnectorSuite<ICrmReader>
{
    /// <summary>Puts a person into the CRM, or changes the one with this id; gives the id there.</summary>
    protected abstract Task<string> PutAsync(CrmPerson person);

    /// <summary>The name of a segment that holds everybody.</summary>
    protected abstract string Everybody { get; }

    /// <summary>More people than fit on one page. Default: 450.</summary>
    protected virtual int MoreThanAPage => 450;

    /// <summary>What was put in is found.</summary>
    [Theory]
    [MemberData(nameof(Scripts.All), MemberType = typeof(Scripts))]
    public async Task A_person_is_found_as_they_were_put_in(string name)
    {
        var id = await PutAsync(APerson(1) with { Name = name });

        var found = await Subject.FindAsync(id, default);
        Assert.NotNull(found);
        Assert.Equal(
            (id, name, "person1@example.com", "+66812345678", "th", "Asia/Bangkok"),
            (found.Id, found.Name, found.Email, found.Phone, found.Locale, found.TimeZone));
    }

    /// <summary>A missing person is no error.</summary>
    [Fact]
    public async Task A_person_whom_nobody_knows_is_null() => Assert.Null(await Subject.FindAsync("nobody-at-all", default));

    /// <summary>The feed from its beginning tells of everybody.</summary>
    [Fact]
    public async Task The_feed_from_its_beginning_gives_everybody_once()
    {
        var ids = await PutManyAsync();

        var (people, _) = await ReadFeedAsync(null);
        Assert.Equal(ids.Order(StringComparer.Ordinal), people.Select(person => person.Id).Order(StringComparer.Ordinal));
    }

    /// <summary>A cursor that was kept gives what is new, and keeps giving.</summary>
    [Fact]
    public async Task The_feed_from_a_cursor_gives_what_changed_since()
    {
        var first = await PutAsync(APerson(1));
        await PutAsync(APerson(2));
        var (_, cursor) = await ReadFeedAsync(null);
        Assert.NotNull(cursor);
        Assert.Empty((await Subject.ChangedSinceAsync(cursor, default)).Items);

        await PutAsync(APerson(1) with { Id = first, Name = "Renamed" });
        var third = await PutAsync(APerson(3));

        var (people, _) = await ReadFeedAsync(cursor);
        Assert.Equal(new[] { first, third }.Order(StringComparer.Ordinal), people.Select(person => person.Id).Order(StringComparer.Ordinal));
        Assert.Equal("Renamed", people.Single(person => person.Id == first).Name);
    }

    /// <summary>A segment is a list that ends.</summary>
    [Fact]
    public async Task A_segment_of_everybody_gives_everybody_once_and_ends()
    {
        var ids = await PutManyAsync();
        var people = new List<CrmPerson>();
        string? cursor = null;
        do
        {
            var page = await Subject.SegmentAsync(Everybody, cursor, default);
            people.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        Assert.Equal(ids.Order(StringComparer.Ordinal), people.Select(person => person.Id).Order(StringComparer.Ordinal));
    }

    /// <summary>An empty campaign by a typo would go unseen.</summary>
    [Fact]
    public async Task A_segment_that_does_not_exist_is_an_error_that_names_it()
    {
        var fault = await Assert.ThrowsAnyAsync<Exception>(() => Subject.SegmentAsync("no such segment", null, default));

        Assert.Contains("no such segment", fault.Message, StringComparison.Ordinal);
        AssertNoSecretIn(fault.ToString());
    }

    /// <summary>A cancelled call ends.</summary>
    [Fact]
    public async Task Cancelled_calls_end()
    {
        var cancelled = new CancellationToken(true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Subject.FindAsync("x", cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Subject.ChangedSinceAsync(null, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Subject.SegmentAsync(Everybody, null, cancelled));
    }

    private async Task<List<string>> PutManyAsync()
    {
        var ids = new List<string>();
        for (var i = 0; i < MoreThanAPage; i++)
        {
            ids.Add(await PutAsync(APerson(i)));
        }

        return ids;
    }

    private async Task<(List<CrmPerson> People, string? Cursor)> ReadFeedAsync(string? cursor)
    {
        var people = new List<CrmPerson>();
        while (await Subject.ChangedSinceAsync(cursor, default) is { NextCursor: { } next } page)
        {
            people.AddRange(page.Items);
            cursor = next;
        }

        return (people, cursor);
    }

    private static CrmPerson APerson(int number) => new()
    {
        Id = $"suite-person-{number}",
        Name = $"Person {number}",
        GivenName = "Person",
        Email = $"person{number}@example.com",
        Phone = "+66812345678",
        Locale = "th",
        TimeZone = "Asia/Bangkok",
    };
}
