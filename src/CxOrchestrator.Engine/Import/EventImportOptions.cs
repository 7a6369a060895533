namespace CxOrchestrator.Engine.Import;

/// <summary>What to import as events, and how to read it.</summary>
public sealed record EventImportOptions
{
    /// <summary>The file: CSV with a header, or NDJSON where its name ends in <c>.ndjson</c>, <c>.jsonl</c> or <c>.json</c>.</summary>
    public required string File { get; init; }

    /// <summary>The events' source; for NDJSON the default where an event names none.</summary>
    public required string Source { get; init; }

    /// <summary>
    /// Where the fields come from, for CSV: <c>id</c>, <c>type</c>, <c>subject</c>, <c>time</c>, <c>data.NAME</c>; for example <c>id=order_id</c>,
    /// <c>type:=order.delivered</c>, <c>data.total=price</c>.
    /// </summary>
    public IReadOnlyList<string> Mappings { get; init; } = [];

    /// <summary>IANA zone of times without an offset; null takes the company's.</summary>
    public string? Zone { get; init; }

    /// <summary>Turns the subject into another id: <c>customers.csv:customer_id=customer_unique_id</c>; null for none.</summary>
    public string? Lookup { get; init; }

    /// <summary>An expression over <c>row</c> that must be true, for example <c>row.delivered_at != ""</c>; null for every row.</summary>
    public string? Where { get; init; }

    /// <summary>Told of every row that is refused.</summary>
    public Action<RowRefusal>? OnRefused { get; init; }

    /// <summary>Told of the progress after every batch.</summary>
    public IProgress<ImportProgress>? Progress { get; init; }
}
