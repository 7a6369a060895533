namespace CxOrchestrator.Sdk.Testing.Builders;

/// <summary>Beginnings of messages, for <c>using static</c>.</summary>
public static class Some
{
    /// <summary>An e-mail that may be sent as it is.</summary>
    public static EmailBuilder AnEmail() => new();

    /// <summary>A text message that may be sent as it is.</summary>
    public static SmsMessage ASms(string text = "How was it?") => new(Keys.Next("sms"), "+66812345678", text);

    /// <summary>A change of a person's record.</summary>
    public static CrmChange AChange(string personId, CrmChangeKind kind = CrmChangeKind.Fields, params (string Name, object? Value)[] values) => new()
    {
        Key = Keys.Next("change"),
        PersonId = personId,
        Kind = kind,
        At = new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero),
        Title = $"{kind} of {personId}",
        Values = values.ToDictionary(pair => pair.Name, pair => pair.Value),
    };

    /// <summary>A ticket to open.</summary>
    public static TicketDraft ATicket(string subject = "Unhappy after delivery") => new()
    {
        Key = Keys.Next("ticket"),
        Subject = subject,
        Body = "Score 2: it came late.",
        PersonId = "person-1",
        PersonName = "Anna Ruiz",
        PersonEmail = "anna@example.com",
        Owner = "service",
        Due = new DateTimeOffset(2026, 3, 3, 17, 0, 0, TimeSpan.Zero),
        Tags = ["nps"],
    };
}
