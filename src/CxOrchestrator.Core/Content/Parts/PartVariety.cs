namespace CxOrchestrator.Core.Content;

/// <summary>What a shared part is written for.</summary>
public enum PartVariety
{
    /// <summary>HTML: what the <c>.html</c> of messages includes.</summary>
    Html,

    /// <summary>Plain text: what the <c>.txt</c>, <c>.subject</c> and <c>.sms</c> of messages include.</summary>
    Text,
}
