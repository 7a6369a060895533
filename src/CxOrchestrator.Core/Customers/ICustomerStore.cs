namespace CxOrchestrator.Core.Customers;

/// <summary>Keeps customers.</summary>
public interface ICustomerStore
{
    /// <summary>
    /// Adds or changes customers, found by any of their external ids. One outcome for each, in the same order. All or none of a
    /// call is stored. Fields that are empty in the draft leave what is known; attributes are merged by name, a null value removes.
    /// A new id of a connection replaces the one known there; an id that is another customer's stays with that customer.
    /// </summary>
    Task<IReadOnlyList<CustomerUpsert>> UpsertAsync(
        IReadOnlyList<CustomerDraft> drafts, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Those of the customers that exist, by key.</summary>
    Task<IReadOnlyDictionary<Guid, Customer>> GetAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellation) =>
        GetAsync(ids, CustomerParts.All, cancellation);

    /// <summary>Those of the customers that exist, by key, with these parts.</summary>
    Task<IReadOnlyDictionary<Guid, Customer>> GetAsync(IReadOnlyCollection<Guid> ids, CustomerParts parts, CancellationToken cancellation);

    /// <summary>Keys of customers by external ids.</summary>
    Task<IReadOnlyDictionary<ExternalId, Guid>> FindAsync(
        IReadOnlyCollection<ExternalId> externalIds, CancellationToken cancellation);

    /// <summary>Keys of the customers who have these addresses, in order of key; an address that nobody has is left out.</summary>
    Task<IReadOnlyDictionary<ContactPoint, IReadOnlyList<Guid>>> FindByAddressAsync(IReadOnlyCollection<ContactPoint> points, CancellationToken cancellation);

    /// <summary>Customers in order of key, after one; at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<Customer>> PageAsync(Guid? after, int limit, CancellationToken cancellation) => PageAsync(after, limit, CustomerParts.All, cancellation);

    /// <summary>Customers in order of key, after one, with these parts; at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<Customer>> PageAsync(Guid? after, int limit, CustomerParts parts, CancellationToken cancellation);

    /// <summary>Customers whose name, e-mail address, number or external id begins with the text; at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<Customer>> SearchAsync(string text, int limit, CancellationToken cancellation);

    /// <summary>How many there are.</summary>
    Task<long> CountAsync(CancellationToken cancellation);
}

/// <summary>What is known of a customer from one import or call.</summary>
/// <param name="ExternalIds">At least one; the first that is known finds the customer.</param>
/// <param name="Name">Full name, or null.</param>
/// <param name="GivenName">Name to greet with, or null.</param>
/// <param name="Locale">A known BCP 47 tag, or null.</param>
/// <param name="TimeZone">A known IANA zone, or null.</param>
/// <param name="ContactPoints">Addresses, checked.</param>
/// <param name="Attributes">A JSON object.</param>
public sealed record CustomerDraft(
    IReadOnlyList<ExternalId> ExternalIds, string? Name, string? GivenName, string? Locale, string? TimeZone,
    IReadOnlyList<ContactPoint> ContactPoints, System.Text.Json.JsonElement Attributes)
{
    /// <summary>True where their record is gone from the CRM, false where it is there; null says nothing about it.</summary>
    public bool? Gone { get; init; }

    /// <summary>
    /// Fields (as conditions see them behind <c>customer.</c>) whose change is told as an event, <see cref="Events.EventTypes.Changed"/>, in the same
    /// transaction. What is told of somebody under an id that is new to them is no change.
    /// </summary>
    public IReadOnlyCollection<string> Watched { get; init; } = [];

    /// <summary>Used where the customer is new and the draft has none.</summary>
    public string DefaultLocale { get; init; } = "en";

    /// <summary>Used where the customer is new and the draft has none.</summary>
    public string DefaultTimeZone { get; init; } = "Etc/UTC";
}

/// <summary>What an upsert did.</summary>
public enum UpsertOutcome
{
    /// <summary>A new customer.</summary>
    Added,

    /// <summary>A known one, changed.</summary>
    Changed,

    /// <summary>A known one, with nothing new.</summary>
    Unchanged,
}

/// <summary>The outcome of one draft.</summary>
public sealed record CustomerUpsert(Guid Id, UpsertOutcome Outcome);
