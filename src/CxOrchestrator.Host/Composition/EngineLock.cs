using System.Globalization;

namespace CxOrchestrator.Host.Composition;

/// <summary>
/// Lets one process alone run the engine on a data folder: the embedded store has one node. The operating system frees the lock when the
/// process ends, however it ends.
/// </summary>
internal sealed class EngineLock : IDisposable
{
    private readonly FileStream _file;

    private EngineLock(FileStream file) => _file = file;

    /// <exception cref="UserException">Another process has it.</exception>
    public static EngineLock Take(string dataFolder)
    {
        var path = Path.Combine(dataFolder, "cxo.lock");
        try
        {
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            file.SetLength(0);
            file.Write(System.Text.Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
            file.Flush();
            return new EngineLock(file);
        }
        catch (IOException error)
        {
            throw new UserException($"Another cxo runs on {dataFolder} already (its lock is {path}): stop it first, or give this one a data folder of its own with --set Data:Folder=...", error);
        }
    }

    public void Dispose() => _file.Dispose();
}
