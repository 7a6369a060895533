namespace CxOrchestrator.Storage.Postgres;

/// <summary>Another transaction has taken a key since this one looked: what was found no longer holds, and the work begins again.</summary>
internal sealed class LostRaceException() : Exception("Another transaction took a key first.");
