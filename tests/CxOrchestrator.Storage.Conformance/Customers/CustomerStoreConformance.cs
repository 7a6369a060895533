using CxOrchestrator.Core;
using CxOrchestrator.Core.Customers;

namespace CxOrchestrator.Storage.Conformance.Customers;

/// <summary>What <see cref="ICustomerStore"/> promises.</summary>
public abstract class CustomerStoreConformance : StoreConformance
{
    [SkippableFact]
    public async Task Customers_are_found_by_their_addresses_all_who_have_one_and_on_its_channel()
    {
        var shared = new ContactPoint(Channel.Email, "family@example.com");
        var drafts = new[] { "a", "b" }.Select(id => Some.Draft(id) with { ContactPoints = [shared] }).ToList();
        var added = await Store.Customers.UpsertAsync(drafts, Noon, Go);

        var found = await Store.Customers.FindByAddressAsync([shared, shared with { Channel = Channel.Sms }, shared with { Address = "nobody@example.com" }], Go);

        Assert.Equal(added.Select(one => one.Id).ToHashSet(), Assert.Single(found).Value.ToHashSet());
    }

    [SkippableTheory]
    [InlineData(CustomerParts.Row)]
    [InlineData(CustomerParts.Attributes)]
    [InlineData(CustomerParts.Addresses)]
    [InlineData(CustomerParts.Ids | CustomerParts.Attributes)]
    public async Task Parts_that_are_not_asked_for_are_empty_and_all_else_is_there(CustomerParts parts)
    {
        var id = (await Store.Customers.UpsertAsync([Some.Draft() with { Attributes = Json.Parse("""{"tier":"gold"}""") }], Noon, Go))[0].Id;
        var whole = (await Store.Customers.GetAsync([id], Go))[id];
        var expected = whole with
        {
            Attributes = parts.HasFlag(CustomerParts.Attributes) ? whole.Attributes : Json.EmptyObject,
            ContactPoints = parts.HasFlag(CustomerParts.Addresses) ? whole.ContactPoints : [],
            ExternalIds = parts.HasFlag(CustomerParts.Ids) ? whole.ExternalIds : [],
        };

        Assert.Equal((1, 1), (whole.ContactPoints.Count, whole.ExternalIds.Count));
        Same(expected, (await Store.Customers.GetAsync([id], parts, Go))[id]);
        Same(expected, Assert.Single(await Store.Customers.PageAsync(null, 10, parts, Go)));
    }

    [SkippableFact]
    public async Task A_record_that_is_gone_stays_gone_until_it_is_told_to_be_back()
    {
        var id = (await Store.Customers.UpsertAsync([Some.Draft()], Noon, Go))[0].Id;
        var gone = Some.Draft() with { Gone = true };

        Assert.Equal(UpsertOutcome.Changed, (await Store.Customers.UpsertAsync([gone], Noon.AddHours(1), Go))[0].Outcome);
        Assert.Equal(UpsertOutcome.Unchanged, (await Store.Customers.UpsertAsync([gone], Noon.AddHours(2), Go))[0].Outcome);
        await Store.Customers.UpsertAsync([Some.Draft(name: "Ana S.")], Noon.AddHours(3), Go);
        Assert.Equal((Noon.AddHours(1), "Ana S."), (await Store.Customers.GetAsync([id], Go))[id] is var known ? (known.GoneAt!.Value, known.Name) : default);

        await Store.Customers.UpsertAsync([Some.Draft() with { Gone = false }], Noon.AddHours(4), Go);

        Assert.Null((await Store.Customers.GetAsync([id], Go))[id].GoneAt);
    }

    [SkippableFact]
    public async Task A_new_customer_is_stored_with_every_field()
    {
        var draft = new CustomerDraft(
            [new("crm", "0031"), new("shop", "c-1")], "山田 太郎", "太郎", "ja-JP", "Asia/Tokyo",
            [new(Channel.Email, "taro@例え.jp"), new(Channel.Sms, "+81312345678")], Json.Parse("""{"tier":"gold","points":12.5}"""));

        var upsert = Assert.Single(await Store.Customers.UpsertAsync([draft], Noon.AddTicks(10), Go));

        Assert.Equal(UpsertOutcome.Added, upsert.Outcome);
        Same(
            new Customer
            {
                Id = upsert.Id, Name = "山田 太郎", GivenName = "太郎", Locale = "ja-JP", TimeZone = "Asia/Tokyo",
                ContactPoints = draft.ContactPoints, ExternalIds = draft.ExternalIds, Attributes = draft.Attributes,
                CreatedAt = Noon.AddTicks(10), ChangedAt = Noon.AddTicks(10),
            },
            await GetAsync(upsert.Id));
    }

    [SkippableFact]
    public async Task What_a_new_customer_lacks_is_filled_from_the_defaults()
    {
        var draft = new CustomerDraft([new("shop", "1")], null, null, null, null, [], Json.EmptyObject)
        {
            DefaultLocale = "th-TH", DefaultTimeZone = "Asia/Bangkok",
        };

        var customer = await UpsertAndGetAsync(draft);

        Assert.Equal(("", "", "th-TH", "Asia/Bangkok"), (customer.Name, customer.GivenName, customer.Locale, customer.TimeZone));
    }

    [SkippableFact]
    public async Task The_same_draft_again_changes_nothing()
    {
        var first = await UpsertAndGetAsync(Some.Draft());

        var again = Assert.Single(await Store.Customers.UpsertAsync([Some.Draft()], Noon.AddDays(1), Go));

        Assert.Equal(new CustomerUpsert(first.Id, UpsertOutcome.Unchanged), again);
        Same(first, await GetAsync(first.Id));
    }

    [SkippableFact]
    public async Task A_change_is_stored_with_its_time()
    {
        var first = await UpsertAndGetAsync(Some.Draft());

        var changed = Assert.Single(await Store.Customers.UpsertAsync([Some.Draft(name: "Ana Lima")], Noon.AddDays(1), Go));

        Assert.Equal(new CustomerUpsert(first.Id, UpsertOutcome.Changed), changed);
        Same(first with { Name = "Ana Lima", ChangedAt = Noon.AddDays(1) }, await GetAsync(first.Id));
    }

    [SkippableFact]
    public async Task Empty_fields_leave_what_is_known()
    {
        var first = await UpsertAndGetAsync(Some.Draft());

        var again = await Store.Customers.UpsertAsync(
            [new CustomerDraft([new("shop", "c-1")], "", null, null, "", [], Json.EmptyObject)], Noon.AddDays(1), Go);

        Assert.Equal(UpsertOutcome.Unchanged, again[0].Outcome);
        Same(first, await GetAsync(first.Id));
    }

    [SkippableFact]
    public async Task Any_external_id_finds_the_customer_and_new_ones_are_added()
    {
        var first = await UpsertAndGetAsync(Some.Draft("c-1"));

        var upsert = await Store.Customers.UpsertAsync([Some.Draft() with { ExternalIds = [new("crm", "9"), new("shop", "c-1")] }], Noon, Go);

        Assert.Equal(first.Id, upsert[0].Id);
        Assert.Equal("9", (await GetAsync(first.Id)).IdIn("crm"));
        Assert.Equal("c-1", (await GetAsync(first.Id)).IdIn("shop"));
    }

    [SkippableFact]
    public async Task The_first_id_that_is_known_decides_and_anothers_id_stays_with_them()
    {
        var ana = await UpsertAndGetAsync(Some.Draft() with { ExternalIds = [new("shop", "ana")] });
        var bob = await UpsertAndGetAsync(Some.Draft() with { ExternalIds = [new("crm", "bob")] });

        var upsert = await Store.Customers.UpsertAsync(
            [Some.Draft() with { ExternalIds = [new("shop", "ana"), new("crm", "bob")] }], Noon, Go);

        Assert.Equal(ana.Id, upsert[0].Id);
        Assert.Null((await GetAsync(ana.Id)).IdIn("crm"));
        Assert.Equal("bob", (await GetAsync(bob.Id)).IdIn("crm"));
    }

    [SkippableFact]
    public async Task A_new_id_of_a_connection_replaces_the_one_known()
    {
        var known = await UpsertAndGetAsync(Some.Draft() with { ExternalIds = [new("shop", "1"), new("crm", "old")] });

        await Store.Customers.UpsertAsync([Some.Draft() with { ExternalIds = [new("shop", "1"), new("crm", "new")] }], Noon, Go);

        Assert.Equal("new", (await GetAsync(known.Id)).IdIn("crm"));
        var found = await Store.Customers.FindAsync([new("crm", "old"), new("crm", "new")], Go);
        Assert.Equal(new ExternalId("crm", "new"), Assert.Single(found).Key);
    }

    [SkippableFact]
    public async Task Addresses_are_replaced_channel_by_channel()
    {
        var known = await UpsertAndGetAsync(
            Some.Draft() with { ContactPoints = [new(Channel.Email, "old@example.com"), new(Channel.Sms, "+5511999990000")] });

        await Store.Customers.UpsertAsync([Some.Draft() with { ContactPoints = [new(Channel.Email, "new@example.com")] }], Noon, Go);

        var changed = await GetAsync(known.Id);
        Assert.Equal(("new@example.com", "+5511999990000"), (changed.AddressOn(Channel.Email), changed.AddressOn(Channel.Sms)));
    }

    [SkippableFact]
    public async Task Attributes_are_merged_by_name_and_a_null_removes()
    {
        var known = await UpsertAndGetAsync(Some.Draft() with { Attributes = Json.Parse("""{"a":1,"b":{"x":1},"c":"gone"}""") });

        await Store.Customers.UpsertAsync([Some.Draft() with { Attributes = Json.Parse("""{"b":{"y":2},"c":null,"d":true}""") }], Noon, Go);

        Assert.Equal("""{"a":1,"b":{"y":2},"d":true}""", (await GetAsync(known.Id)).Attributes.GetRawText());
    }

    [SkippableFact]
    public async Task Of_a_name_that_stands_twice_in_the_attributes_the_last_counts()
    {
        var known = await UpsertAndGetAsync(Some.Draft() with { Attributes = Json.Parse("""{"a":1,"b":1,"a":2}""") });

        Assert.Equal("""{"a":2,"b":1}""", known.Attributes.GetRawText());
    }

    [SkippableFact]
    public async Task The_same_person_twice_in_a_call_is_one_customer()
    {
        var upserts = await Store.Customers.UpsertAsync([Some.Draft("1"), Some.Draft("2"), Some.Draft("1"), Some.Draft("1", "Ana Lima")], Noon, Go);

        Assert.Equal(
            [UpsertOutcome.Added, UpsertOutcome.Added, UpsertOutcome.Unchanged, UpsertOutcome.Changed],
            upserts.Select(upsert => upsert.Outcome));
        Assert.Equal(2, await Store.Customers.CountAsync(Go));
    }

    [SkippableFact]
    public async Task A_call_with_a_draft_that_cannot_be_found_again_stores_nothing()
    {
        await Assert.ThrowsAsync<ArgumentException>(
            () => Store.Customers.UpsertAsync([Some.Draft("1"), Some.Draft("2") with { ExternalIds = [] }], Noon, Go));

        Assert.Equal(0, await Store.Customers.CountAsync(Go));
    }

    [SkippableFact]
    public async Task A_call_that_fails_in_the_middle_stores_nothing_of_it()
    {
        var broken = Some.Draft("2") with { ContactPoints = [new(Channel.Email, null!)] };

        await Assert.ThrowsAnyAsync<Exception>(() => Store.Customers.UpsertAsync([Some.Draft("1"), broken], Noon, Go));

        Assert.Equal(0, await Store.Customers.CountAsync(Go));
        Assert.Empty(await Store.Customers.FindAsync([new("shop", "1"), new("shop", "2")], Go));
    }

    [SkippableFact]
    public async Task Only_those_that_exist_are_given()
    {
        var known = await UpsertAndGetAsync(Some.Draft());

        Assert.Equal(known.Id, Assert.Single(await Store.Customers.GetAsync([Some.Key(), known.Id, known.Id], Go)).Key);
        Assert.Empty(await Store.Customers.GetAsync([], Go));
    }

    [SkippableFact]
    public async Task External_ids_give_the_keys_of_those_that_exist()
    {
        var known = await UpsertAndGetAsync(Some.Draft("c-1"));

        var found = await Store.Customers.FindAsync([new("shop", "c-1"), new("shop", "C-1"), new("crm", "c-1")], Go);

        Assert.Equal(KeyValuePair.Create(new ExternalId("shop", "c-1"), known.Id), Assert.Single(found));
    }

    [SkippableFact]
    public async Task Pages_give_every_customer_once_in_order()
    {
        var upserts = await Store.Customers.UpsertAsync([.. Enumerable.Range(0, 25).Select(i => Some.Draft($"c-{i}"))], Noon, Go);

        var seen = new List<Customer>();
        Guid? after = null;
        while (await Store.Customers.PageAsync(after, 10, Go) is { Count: > 0 } page)
        {
            Assert.True(page.Count <= 10);
            seen.AddRange(page);
            after = page[^1].Id;
        }

        Assert.Equal(upserts.Select(upsert => upsert.Id).Order(), seen.Select(customer => customer.Id).Order());
        Assert.All(seen, customer => Assert.Single(customer.ContactPoints));
    }

    [SkippableTheory]
    [InlineData("ana s")]
    [InlineData("ANA")]
    [InlineData("c-7@EXAMPLE")]
    [InlineData("+5511")]
    [InlineData("c-7")]
    public async Task A_customer_is_found_by_the_beginning_of_what_is_known(string text)
    {
        var ana = await UpsertAndGetAsync(
            Some.Draft("c-7") with { ContactPoints = [new(Channel.Email, "c-7@example.com"), new(Channel.Sms, "+5511999990000")] });
        await UpsertAndGetAsync(Some.Draft("x-8", "Bob Ana"));

        Assert.Equal(ana.Id, Assert.Single(await Store.Customers.SearchAsync(text, 10, Go)).Id);
    }

    [SkippableTheory]
    [InlineData("Éva Nagy", "éVA")]
    [InlineData("สมชาย ใจดี", "สมช")]
    [InlineData("مریم احمدی", "مری")]
    [InlineData("王小明", "王")]
    [InlineData("100% _real_", "100% _")]
    public async Task Names_are_found_in_every_script(string name, string text)
    {
        await UpsertAndGetAsync(Some.Draft("1", name));
        await UpsertAndGetAsync(Some.Draft("2", "100 others"));

        Assert.Equal(name, Assert.Single(await Store.Customers.SearchAsync(text, 10, Go)).Name);
    }

    [SkippableFact]
    public async Task A_search_gives_at_most_the_limit_and_nothing_for_nobody()
    {
        await Store.Customers.UpsertAsync([.. Enumerable.Range(0, 9).Select(i => Some.Draft($"c-{i}"))], Noon, Go);

        Assert.Equal(4, (await Store.Customers.SearchAsync("ana", 4, Go)).Count);
        Assert.Empty(await Store.Customers.SearchAsync("zz", 4, Go));
    }

    [SkippableFact]
    public async Task Two_processes_that_import_the_same_people_make_each_once()
    {
        var other = await AnotherProcessAsync();

        var outcomes = await Task.WhenAll(new[] { Store, other }.Select(store => Task.Run(async () =>
        {
            var added = 0;
            for (var batch = 0; batch < 5; batch++)
                added += (await store.Customers.UpsertAsync([.. Enumerable.Range(0, 20).Select(i => Some.Draft($"{batch}-{i}"))], Noon, Go))
                    .Count(upsert => upsert.Outcome == UpsertOutcome.Added);
            return added;
        })));

        Assert.Equal(100, outcomes.Sum());
        Assert.Equal(100, await Store.Customers.CountAsync(Go));
    }

    private async Task<Customer> UpsertAndGetAsync(CustomerDraft draft) =>
        await GetAsync((await Store.Customers.UpsertAsync([draft], Noon, Go))[0].Id);

    private async Task<Customer> GetAsync(Guid id) => (await Store.Customers.GetAsync([id], Go))[id];
}
