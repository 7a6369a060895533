using CxOrchestrator.Core.Customers;

namespace CxOrchestrator.Core.Consent;

/// <summary>What a message is for.</summary>
public enum Purpose
{
    /// <summary>Belongs to something that the customer asked for.</summary>
    Service,

    /// <summary>Asks for an opinion.</summary>
    Feedback,

    /// <summary>Advertises.</summary>
    Marketing,
}

/// <summary>What the customer said.</summary>
public enum ConsentState
{
    /// <summary>Nothing is known.</summary>
    Unknown,

    /// <summary>Yes.</summary>
    Given,

    /// <summary>No.</summary>
    Withdrawn,
}

/// <summary>Consent of one customer for one channel and purpose: given or withdrawn, by whom, when, how.</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="Channel">The channel.</param>
/// <param name="Purpose">The purpose.</param>
/// <param name="State">What they said.</param>
/// <param name="By">Who said it: <c>customer</c>, a connection or a person's name.</param>
/// <param name="How">How: <c>one-click unsubscribe</c>, <c>unsubscribe page</c>, <c>import</c>, ...</param>
/// <param name="At">When.</param>
public sealed record ConsentRecord(
    Guid CustomerId, Channel Channel, Purpose Purpose, ConsentState State, string By, string How, DateTimeOffset At);

/// <summary>Keeps consent with its history.</summary>
public interface IConsentStore
{
    /// <summary>Adds records; the newest per customer, channel and purpose is in force. Repeating the state in force changes nothing.</summary>
    Task RecordAsync(IReadOnlyList<ConsentRecord> records, CancellationToken cancellation);

    /// <summary>What is in force for these customers.</summary>
    Task<IReadOnlyList<ConsentRecord>> InForceAsync(IReadOnlyCollection<Guid> customerIds, CancellationToken cancellation);

    /// <summary>Addresses among these that must not be used: they bounced or were refused for good.</summary>
    Task<IReadOnlySet<ContactPoint>> SuppressedAsync(IReadOnlyCollection<ContactPoint> points, CancellationToken cancellation);
}

/// <summary>An address that must not be used again.</summary>
/// <param name="Point">The address.</param>
/// <param name="Reason">Why, for an operator.</param>
/// <param name="At">Since when.</param>
public sealed record Suppression(ContactPoint Point, string Reason, DateTimeOffset At)
{
    /// <summary>
    /// True where the person said so themselves (STOP by SMS): they can take it back, which nobody can for an address that does not work. The stronger
    /// of two stays.
    /// </summary>
    public bool ByChoice { get; init; }
}

/// <summary>Takes back a suppression that was by choice and not later.</summary>
/// <param name="Point">The address.</param>
/// <param name="At">When the person said so.</param>
public sealed record Release(ContactPoint Point, DateTimeOffset At);
