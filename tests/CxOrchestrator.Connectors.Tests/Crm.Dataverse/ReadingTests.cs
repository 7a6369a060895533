using CxOrchestrator.Connectors.Tests.Crm.Dataverse.Organisation;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;
using static CxOrchestrator.Connectors.Tests.Crm.Dataverse.DataverseRig;

namespace CxOrchestrator.Connectors.Tests.Crm.Dataverse;

/// <summary>Feeds, segments and columns.</summary>
public sealed class ReadingTests
{
    [Fact]
    public async Task A_deleted_contact_comes_by_the_feed_as_gone_with_its_id_alone()
    {
        await using var rig = await StartAsync();
        var (anna, ben) = (rig.Contact(), rig.Contact("Ben"));
        var (_, cursor) = await FeedAsync(rig, null);
        rig.Organisation.Delete("contact", anna);

        var (people, _) = await FeedAsync(rig, cursor);

        var gone = Assert.Single(people);
        Assert.True(gone.Gone);
        Assert.Equal((anna.ToString("D"), null), (gone.Id, gone.Name));
        Assert.NotEqual(ben.ToString("D"), gone.Id);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_expired_link_begins_anew_page_by_page_and_goes_on_where_it_was_interrupted(bool codeless)
    {
        await using var rig = await StartAsync(furnish: organisation => organisation.EmptyCodes = codeless);
        for (var i = 0; i < 250; i++)
            rig.Contact($"Person {i}");
        var (all, cursor) = await FeedAsync(rig, null);
        Assert.Equal(250, all.Count);
        rig.Organisation.Clock.Advance(TimeSpan.FromDays(8));

        var first = await rig.Reader.ChangedSinceAsync(cursor, default);
        Assert.Equal(100, first.Items.Count);
        // Here the process ends; another one has the cursor.
        var (rest, last) = await FeedAsync(rig, first.NextCursor);
        Assert.Equal(250, first.Items.Concat(rest).Select(person => person.Id).Distinct().Count());
        Assert.Empty((await FeedAsync(rig, last)).People);
    }

    [Fact]
    public async Task A_quiet_organisations_link_is_renewed_before_it_runs_out()
    {
        await using var rig = await StartAsync();
        rig.Contact();
        var (_, cursor) = await FeedAsync(rig, null);
        for (var day = 0; day < 20; day++)
        {
            rig.Organisation.Clock.Advance(TimeSpan.FromDays(1.5));
            var (people, next) = await FeedAsync(rig, cursor);
            Assert.Empty(people);
            cursor = next;
        }
    }

    [Fact]
    public async Task Accounts_are_read_with_contacts_where_they_are_people()
    {
        await using var rig = await StartAsync(settings => settings.ReadAccounts = true);
        rig.Contact();
        var shop = rig.Organisation.Put("account", null, ("name", "Shop & Söhne"), ("emailaddress1", "shop@example.com"));

        var (people, cursor) = await FeedAsync(rig, null);
        Assert.Equal(2, people.Count);
        var account = await rig.Reader.FindAsync($"account:{shop:D}", default);
        Assert.Equal(("Shop & Söhne", "shop@example.com"), (account!.Name, account.Email));
        rig.Organisation.Put("account", shop, ("name", "Shop"));
        Assert.Equal($"account:{shop:D}", Assert.Single((await FeedAsync(rig, cursor)).People).Id);
    }

    [Fact]
    public async Task Change_tracking_that_is_off_is_told_with_what_to_do()
    {
        await using var rig = await StartAsync(furnish: organisation => organisation.Tables["contact"].Tracked = false);

        var fault = await Assert.ThrowsAsync<ServiceException>(() => rig.Reader.ChangedSinceAsync(null, default));
        Assert.Contains("change tracking is off for the table contact", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Berlin people")]
    [InlineData("20000000-0000-4000-8000-00000000000b")]
    [InlineData("from settings")]
    [InlineData("<fetch><entity name='contact'><all-attributes /><filter><condition attribute='jobtitle' operator='eq' value='Chef' /></filter></entity></fetch>")]
    public async Task A_segment_is_a_view_or_FetchXML_and_its_paging_cookie_is_decoded_twice(string segment)
    {
        const string fetch = "<fetch><entity name='contact'><attribute name='lastname' /><filter><condition attribute='jobtitle' operator='eq' value='Chef' /></filter></entity></fetch>";
        await using var rig = await StartAsync(settings => settings.Segments = new Dictionary<string, string> { ["from settings"] = fetch });
        rig.Organisation.Put("userquery", new Guid("20000000-0000-4000-8000-00000000000b"), ("name", "Berlin people"), ("returnedtypecode", "contact"), ("fetchxml", fetch));
        for (var i = 0; i < 230; i++)
            rig.Organisation.Put("contact", null, ("fullname", $"Chef {i}"), ("jobtitle", i < 215 ? "Chef" : "Waiter"));

        var people = new List<CrmPerson>();
        string? cursor = null;
        do
        {
            var page = await rig.Reader.SegmentAsync(segment, cursor, default);
            people.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        Assert.Equal(215, people.Select(person => person.Id).Distinct().Count());
        Assert.All(people, person => Assert.StartsWith("Chef", person.Name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_long_query_goes_inside_a_batch()
    {
        await using var rig = await StartAsync();
        rig.Organisation.Put("contact", null, ("fullname", "Anna"), ("jobtitle", "Chef"));
        var conditions = string.Concat(Enumerable.Repeat("<condition attribute='jobtitle' operator='eq' value='Chef' />", 200));

        var page = await rig.Reader.SegmentAsync($"<fetch><entity name='contact'><filter>{conditions}</filter></entity></fetch>", null, default);

        Assert.Equal("Anna", Assert.Single(page.Items).Name);
        Assert.All(rig.Organisation.Server.Requests, request => Assert.True(request.Target.Length < 9000));
    }

    [Fact]
    public async Task Labels_empty_columns_and_own_columns_are_read_as_they_are_mapped()
    {
        await using var rig = await StartAsync();
        var anna = rig.Organisation.Put("contact", null, ("fullname", "Anna"), ("new_tier", 1), ("donotemail", true), ("cxo_lastscore", 9), ("statecode", 1));

        var person = await rig.Reader.FindAsync(anna.ToString("D"), default);

        Assert.Equal(("Gold", false, 9L, false), (person!.Fields["tier"], person.Fields["consent_email_service"], person.Fields["last_score"], person.Fields["active"]));
        Assert.Null(person.Fields["plan"]);
    }

    [Fact]
    public async Task A_column_in_the_settings_that_is_not_there_is_named()
    {
        await using var rig = await StartAsync(settings => settings.ContactColumns!["shoe"] = "new_shoesize");

        var fault = await Assert.ThrowsAsync<ServiceException>(() => rig.Reader.FindAsync(Guid.NewGuid().ToString(), default));
        Assert.Contains("new_shoesize", fault.Message, StringComparison.Ordinal);
    }

    private static async Task<(List<CrmPerson> People, string? Cursor)> FeedAsync(DataverseRig rig, string? cursor)
    {
        var people = new List<CrmPerson>();
        while (await rig.Reader.ChangedSinceAsync(cursor, default) is { NextCursor: { } next } page)
        {
            people.AddRange(page.Items);
            cursor = next;
        }

        return (people, cursor);
    }
}
