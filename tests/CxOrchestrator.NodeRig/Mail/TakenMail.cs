namespace CxOrchestrator.NodeRig.Mail;

/// <summary>A message that the mail server has taken: from then on it is the server's to deliver, whether its answer was heard or not.</summary>
/// <param name="Key">The delivery's key: what stands before the @ of the Message-ID.</param>
/// <param name="Recipient">Whom it is for.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="By">The name that the sender greeted with.</param>
/// <param name="At">When it was taken.</param>
public sealed record TakenMail(string Key, string Recipient, string Subject, string By, DateTimeOffset At);
