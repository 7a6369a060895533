using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Plugins.Live;

/// <summary>
/// Calls as soon as the operating system tells that something in the data folder has changed. A hint and no more: on network
/// drives and in some containers nothing is told, and whoever is called looks every few seconds anyway.
/// </summary>
internal sealed class FolderWatch : IDisposable
{
    private readonly List<FileSystemWatcher> _watchers = [];

    /// <summary>Watches folders, which are made where they don't exist.</summary>
    public FolderWatch(IEnumerable<string> folders, Action changed, ILogger log)
    {
        foreach (var folder in folders)
        {
            try
            {
                Directory.CreateDirectory(folder);
                var watcher = new FileSystemWatcher(folder, "*.json");
                _watchers.Add(watcher);
                watcher.Changed += (_, _) => changed();
                watcher.Created += (_, _) => changed();
                watcher.Deleted += (_, _) => changed();
                watcher.Renamed += (_, _) => changed();
                watcher.EnableRaisingEvents = true;
            }
            catch (Exception unwatched) when (unwatched is IOException or UnauthorizedAccessException)
            {
                log.LogInformation("{Folder} is not watched ({Reason}); changes are seen a little later.", folder, unwatched.Message);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _watchers.ForEach(watcher => watcher.Dispose());
}
