namespace CxOrchestrator.Engine.Walking;

/// <summary>The store can't tell what a step must know: the batch comes again, and no enrolment has failed.</summary>
internal sealed class FactsUnreadableException(Exception inner) : Exception(inner.Message, inner);
