namespace CxOrchestrator.Plugins.Sandbox.Journals;

/// <summary>Another process has the journal open: the service runs, and somebody looks at its connections from beside.</summary>
internal sealed class JournalInUseException(string path, IOException inner)
    : IOException($"{Path.GetFileName(path)} is in use by the service that runs.", inner)
{
    // How .NET tells a lock of somebody else: EAGAIN of Linux and of macOS, and a sharing violation of Windows.
    private static readonly int[] Codes = [11, 35, unchecked((int)0x80070020)];

    /// <summary>Whether an error says that the file is locked by somebody else.</summary>
    public static bool Says(IOException error) => Array.IndexOf(Codes, error.HResult) >= 0;
}
