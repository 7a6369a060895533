namespace CxOrchestrator.Engine.Import;

/// <summary>What to import as customers, and how to read it.</summary>
public sealed record CustomerImportOptions
{
    /// <summary>The file: CSV with a header.</summary>
    public required string File { get; init; }

    /// <summary>
    /// Where the fields come from: <c>id.SOURCE</c> (at least one; the first is who the customer is), <c>name</c>, <c>givenName</c>, <c>email</c>,
    /// <c>phone</c>, <c>locale</c>, <c>timeZone</c>, <c>attr.NAME</c>; for example <c>id.shop=customer_unique_id</c>,
    /// <c>email:={{ row.customer_unique_id }}@example.test</c>.
    /// </summary>
    public required IReadOnlyList<string> Mappings { get; init; }

    /// <summary>An expression over <c>row</c> that must be true; null for every row.</summary>
    public string? Where { get; init; }

    /// <summary>Told of every row that is refused.</summary>
    public Action<RowRefusal>? OnRefused { get; init; }

    /// <summary>Told of the progress after every batch.</summary>
    public IProgress<ImportProgress>? Progress { get; init; }
}
