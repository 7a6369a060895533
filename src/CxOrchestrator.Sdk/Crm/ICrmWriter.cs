namespace CxOrchestrator.Sdk;

/// <summary>Writes to a CRM.</summary>
public interface ICrmWriter
{
    /// <summary>
    /// Writes a batch. One result for each change, in the same order. A change whose key was written before is
    /// <see cref="Written"/> without being written again.
    /// </summary>
    Task<IReadOnlyList<WriteResult>> UpsertAsync(IReadOnlyList<CrmChange> changes, CancellationToken cancellation);

    /// <summary>How many changes one call may carry. Default: 100.</summary>
    int BatchSize => 100;
}

/// <summary>What a <see cref="CrmChange"/> is about.</summary>
public enum CrmChangeKind
{
    /// <summary>A message that was sent: an activity on the person's timeline.</summary>
    Message,

    /// <summary>An answer to a survey: an activity on the person's timeline.</summary>
    Answer,

    /// <summary>The last score and its date: fields of the person.</summary>
    Score,

    /// <summary>A case that was opened or changed.</summary>
    Case,

    /// <summary>Other fields of the person.</summary>
    Fields,

    /// <summary>Consent given or withdrawn.</summary>
    Consent,
}

/// <summary>One change owed to a CRM record.</summary>
public sealed record CrmChange
{
    /// <summary>Idempotency key, unique per change, the same for every try.</summary>
    public required string Key { get; init; }

    /// <summary>The CRM's id of the person; where the CRM doesn't know them yet, our id of the customer.</summary>
    public required string PersonId { get; init; }

    /// <summary>What it is about.</summary>
    public required CrmChangeKind Kind { get; init; }

    /// <summary>When the thing happened.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>A line for people, such as <c>NPS 9, delivery</c>.</summary>
    public required string Title { get; init; }

    /// <summary>The values by name: strings, numbers, booleans.</summary>
    public IReadOnlyDictionary<string, object?> Values { get; init; } = new Dictionary<string, object?>();
}
