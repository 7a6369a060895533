namespace CxOrchestrator.Plugins.EmailImap.Wire;

/// <summary>The conversation can't go on. Its text is safe to show.</summary>
internal sealed class ImapFault(string message, Exception? inner = null) : Exception(message, inner);
