namespace CxOrchestrator.Core.Retention;

/// <summary>How long what has ended is kept, in whole months of UTC beside the present one; null (default) keeps it for ever.</summary>
/// <param name="Events">Events that are done with, and what was decided on them.</param>
/// <param name="Ledger">Ledger rows that have ended.</param>
public sealed record RetentionSettings(int? Events = null, int? Ledger = null)
{
    /// <summary>Longest that can be said, in months.</summary>
    public const int Longest = 600;

    /// <summary>The first months that are kept at a time.</summary>
    public RetentionLimits At(DateTimeOffset now)
    {
        var month = new DateOnly(now.UtcDateTime.Year, now.UtcDateTime.Month, 1);
        return new RetentionLimits(First(Events), First(Ledger));

        DateOnly? First(int? months) => months is { } kept ? month.AddMonths(-kept) : null;
    }
}

/// <summary>The first days of the first months that are kept; null keeps all.</summary>
/// <param name="Events">Of events.</param>
/// <param name="Ledger">Of ledger rows.</param>
public sealed record RetentionLimits(DateOnly? Events, DateOnly? Ledger);
