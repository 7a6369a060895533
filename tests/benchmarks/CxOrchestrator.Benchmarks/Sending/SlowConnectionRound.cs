namespace CxOrchestrator.Benchmarks.Sending;

/// <summary>What was seen while one round's e-mails were sent.</summary>
/// <param name="Texts">How the text service answered; null where no text was due.</param>
/// <param name="Rate">E-mails accepted a second, from the moment that all were due until the last was accepted and that was stored.</param>
/// <param name="Asked">Requests that the text service saw meanwhile.</param>
/// <param name="Taken">Texts accepted and stored meanwhile.</param>
internal sealed record SlowConnectionRound(Manner? Texts, double Rate, long Asked, long Taken);
