namespace CxOrchestrator.NodeRig.Stops;

/// <summary>A message of which the product doesn't know whether it was sent.</summary>
/// <param name="Key">The delivery.</param>
/// <param name="Reason">What the product says about it.</param>
/// <param name="Taken">Whether the mail server has it.</param>
/// <param name="Cause">What was stopped while it was on its way; null where nothing was.</param>
/// <param name="Before">How long before that it had been handed over.</param>
public sealed record DoubtfulMail(string Key, string Reason, bool Taken, StopKind? Cause, TimeSpan Before);
