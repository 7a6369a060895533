using CxOrchestrator.Core;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;

namespace CxOrchestrator.Storage.Conformance.Consent;

/// <summary>What <see cref="IConsentStore"/> promises.</summary>
public abstract class ConsentStoreConformance : StoreConformance
{
    private readonly Guid _customer = Some.Key();

    [Theory]
    [InlineData(true, 5, false)]
    [InlineData(true, 1, true)]
    [InlineData(false, 5, true)]
    public async Task A_suppression_is_taken_back_only_where_it_was_by_choice_and_not_later(bool byChoice, int takenBackAt, bool stays)
    {
        var point = new ContactPoint(Channel.Sms, "+66812345678");
        await Store.Work.CommitAsync(new Effects { Suppressions = [new Suppression(point, "STOP", Noon.AddMinutes(2)) { ByChoice = byChoice }] }, Go);

        await Store.Work.CommitAsync(new Effects { Releases = [new Release(point, Noon.AddMinutes(takenBackAt))] }, Go);

        Assert.Equal(stays, (await Store.Consents.SuppressedAsync([point], Go)).Contains(point));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_number_that_is_bad_stays_so_whatever_its_owner_says(bool badFirst)
    {
        var point = new ContactPoint(Channel.Sms, "+66812345678");
        Suppression[] both = [new(point, "no such number", Noon), new(point, "STOP", Noon.AddMinutes(1)) { ByChoice = true }];
        foreach (var one in badFirst ? both : [both[1], both[0]])
            await Store.Work.CommitAsync(new Effects { Suppressions = [one] }, Go);

        await Store.Work.CommitAsync(new Effects { Releases = [new Release(point, Noon.AddDays(1))] }, Go);

        Assert.Single(await Store.Consents.SuppressedAsync([point], Go));
    }

    [Fact]
    public async Task A_record_is_kept_with_every_field()
    {
        var given = Said(ConsentState.Given, 0) with { By = "María", How = "同意", At = Noon.AddTicks(1230) };

        await Store.Consents.RecordAsync([given], Go);

        Assert.Equal(given, Assert.Single(await InForceAsync()));
    }

    [Fact]
    public async Task The_newest_is_in_force_in_whatever_order_they_come()
    {
        await Store.Consents.RecordAsync([Said(ConsentState.Given, 1), Said(ConsentState.Withdrawn, 3), Said(ConsentState.Given, 2)], Go);

        Assert.Equal(Said(ConsentState.Withdrawn, 3), Assert.Single(await InForceAsync()));
    }

    [Fact]
    public async Task Repeating_the_state_in_force_changes_nothing()
    {
        await Store.Consents.RecordAsync([Said(ConsentState.Given, 1)], Go);
        await Store.Consents.RecordAsync([Said(ConsentState.Given, 5)], Go);

        Assert.Equal(Said(ConsentState.Given, 1), Assert.Single(await InForceAsync()));
    }

    [Fact]
    public async Task Repeating_a_whole_call_changes_nothing()
    {
        ConsentRecord[] call = [Said(ConsentState.Given, 1), Said(ConsentState.Withdrawn, 1)];
        await Store.Consents.RecordAsync(call, Go);
        await Store.Consents.RecordAsync([call[0]], Go);

        Assert.Equal(ConsentState.Withdrawn, Assert.Single(await InForceAsync()).State);
        Assert.Equal(2, (await Store.Timeline.ReadAsync(_customer, 10, Go)).Count);
    }

    [Fact]
    public async Task Channels_and_purposes_are_apart()
    {
        await Store.Consents.RecordAsync(
            [
                Said(ConsentState.Given, 1), Said(ConsentState.Withdrawn, 1) with { Purpose = Purpose.Marketing },
                Said(ConsentState.Withdrawn, 1) with { Channel = Channel.Sms },
            ],
            Go);

        Assert.Equal(
            [(Channel.Email, Purpose.Feedback, ConsentState.Given), (Channel.Email, Purpose.Marketing, ConsentState.Withdrawn), (Channel.Sms, Purpose.Feedback, ConsentState.Withdrawn)],
            (await InForceAsync()).Select(record => (record.Channel, record.Purpose, record.State)));
    }

    [Fact]
    public async Task Only_the_customers_asked_for_are_given()
    {
        var other = Some.Key();
        await Store.Consents.RecordAsync([Said(ConsentState.Given, 1), Said(ConsentState.Given, 1) with { CustomerId = other }], Go);

        Assert.Equal(other, Assert.Single(await Store.Consents.InForceAsync([other, Some.Key(), other], Go)).CustomerId);
        Assert.Empty(await Store.Consents.InForceAsync([], Go));
    }

    [Fact]
    public async Task Consent_that_comes_with_a_commit_is_kept_too()
    {
        await Store.Work.CommitAsync(new Effects { Consents = [Said(ConsentState.Withdrawn, 1)] }, Go);

        Assert.Equal(Said(ConsentState.Withdrawn, 1), Assert.Single(await InForceAsync()));
    }

    [Fact]
    public async Task A_call_that_fails_in_the_middle_records_nothing()
    {
        await Assert.ThrowsAnyAsync<Exception>(
            () => Store.Consents.RecordAsync([Said(ConsentState.Given, 1), Said(ConsentState.Withdrawn, 2) with { By = null! }], Go));

        Assert.Empty(await InForceAsync());
    }

    [Fact]
    public async Task Suppressed_addresses_are_named_among_those_asked_for()
    {
        ContactPoint bad = new(Channel.Email, "gone@example.com");
        await Store.Work.CommitAsync(new Effects { Suppressions = [new Suppression(bad, "550 no such user", Noon)] }, Go);

        Assert.Equal([bad], await Store.Consents.SuppressedAsync([new(Channel.Email, "fine@example.com"), bad, bad with { Channel = Channel.Sms }], Go));
    }

    [Fact]
    public async Task Suppressing_twice_is_suppressing_once()
    {
        var suppression = new Suppression(new(Channel.Sms, "+5511999990000"), "21610", Noon);
        await Store.Work.CommitAsync(new Effects { Suppressions = [suppression, suppression] }, Go);
        await Store.Work.CommitAsync(new Effects { Suppressions = [suppression with { Reason = "again" }] }, Go);

        Assert.Single(await Store.Consents.SuppressedAsync([suppression.Point], Go));
    }

    private ConsentRecord Said(ConsentState state, int minute) =>
        new(_customer, Channel.Email, Purpose.Feedback, state, "customer", "unsubscribe page", Noon.AddMinutes(minute));

    private Task<IReadOnlyList<ConsentRecord>> InForceAsync() => Store.Consents.InForceAsync([_customer], Go);
}
