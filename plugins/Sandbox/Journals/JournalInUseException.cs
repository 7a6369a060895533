namespace CxOrchestrator.Plugins.Sandbox.Journals;

/// <summary>Another process has the journal open; it may be opened when that one has closed it.</summary>
internal sealed class JournalInUseException(string path, IOException error)
    : IOException($"{path} is open in another process: the service has it while it runs.", error);
