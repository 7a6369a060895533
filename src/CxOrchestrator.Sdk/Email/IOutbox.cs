namespace CxOrchestrator.Sdk;

/// <summary>
/// For connectors that keep what they were given instead of sending it (a sandbox): lets people read it.
/// </summary>
public interface IOutbox
{
    /// <summary>What was sent, newest first; the cursor is null at the beginning.</summary>
    Task<Page<OutboxItem>> ListAsync(string? cursor, CancellationToken cancellation);

    /// <summary>One of them by its key, or null.</summary>
    Task<OutboxItem?> FindAsync(string key, CancellationToken cancellation);
}

/// <summary>A message that was kept.</summary>
/// <param name="Key">The delivery's key.</param>
/// <param name="At">When it was handed over.</param>
/// <param name="Email">The e-mail, or null for a text message.</param>
/// <param name="Sms">The text message, or null for an e-mail.</param>
public sealed record OutboxItem(string Key, DateTimeOffset At, EmailMessage? Email, SmsMessage? Sms);
