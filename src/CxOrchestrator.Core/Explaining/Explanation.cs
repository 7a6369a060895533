namespace CxOrchestrator.Core.Explaining;

/// <summary>Why a customer did or did not get what a journey sends: the whole chain, in order, in plain words.</summary>
public sealed record Explanation
{
    /// <summary>The customer.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>The journey's key, as it was asked for.</summary>
    public required string Journey { get; init; }

    /// <summary>The version that the walk explained walks, else the one in force; null where the journey is not known.</summary>
    public int? Version { get; init; }

    /// <summary>How it ends.</summary>
    public required ChainOutcome Outcome { get; init; }

    /// <summary>Why, in words, as it was stored when it was decided.</summary>
    public required string Reason { get; init; }

    /// <summary>Until when it waits, or when it is tried again; null where neither.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>One sentence that says it all.</summary>
    public required string Sentence { get; init; }

    /// <summary>The chain: the journey, the events, each walk.</summary>
    public required IReadOnlyList<ExplainedSection> Sections { get; init; }
}

/// <summary>One part of the chain.</summary>
/// <param name="Title">What it is about.</param>
/// <param name="Lines">What happened, in order of time; lines without a time stand first.</param>
public sealed record ExplainedSection(string Title, IReadOnlyList<ExplainedLine> Lines);

/// <summary>One fact of the chain.</summary>
/// <param name="At">When, in customers' time; null for what has no time.</param>
/// <param name="About">What it is about, in one word: <c>event</c>, <c>step</c>, <c>message</c>, ...</param>
/// <param name="Text">What happened and why.</param>
public sealed record ExplainedLine(DateTimeOffset? At, string About, string Text);
