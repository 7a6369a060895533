namespace CxOrchestrator.Sdk.Mail;

/// <summary>How much of a message is read; what lies beyond is passed over. A message comes from anybody, and may be made to hurt.</summary>
public sealed record MailReadLimits
{
    /// <summary>The limits that fit a mailbox of bounces and answers.</summary>
    public static MailReadLimits Default { get; } = new();

    /// <summary>Bytes of the whole message. Default: 8 MiB.</summary>
    public int Bytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>Parts within parts. Default: 12.</summary>
    public int Depth { get; init; } = 12;

    /// <summary>Parts of the whole message. Default: 200.</summary>
    public int Parts { get; init; } = 200;

    /// <summary>Headers of one part. Default: 500.</summary>
    public int Headers { get; init; } = 500;

    /// <summary>Characters of one header's value. Default: 16,384.</summary>
    public int HeaderLength { get; init; } = 16 * 1024;
}
