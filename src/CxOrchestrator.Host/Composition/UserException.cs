namespace CxOrchestrator.Host.Composition;

/// <summary>What a person must put right; its message says what, where and what to do.</summary>
public sealed class UserException(string message, Exception? inner = null) : Exception(message, inner);
