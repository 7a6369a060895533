namespace CxOrchestrator.Plugins.Installed;

/// <summary>
/// The book of installed plugins, <c>plugins/installed.json</c> in the data folder, beside the plugins' files in
/// <c>plugins/ID/VERSION</c>. The command line and the running service both change it: each change is made under a lock on what
/// is in the file at that moment, and takes the file's place as a whole, so that a process that is killed leaves the old or the
/// new book and never half of one.
/// </summary>
public sealed class InstalledBook
{
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(20);

    private readonly TimeProvider _machine;

    /// <summary>The book of a data folder; nothing is read or made yet.</summary>
    public InstalledBook(string dataFolder, TimeProvider machine)
    {
        _machine = machine;
        Folder = Path.Combine(Path.GetFullPath(dataFolder), "plugins");
        File = Path.Combine(Folder, "installed.json");
    }

    /// <summary>The folder of the book and of the plugins' files.</summary>
    public string Folder { get; }

    /// <summary>The book's file, which is missing until something is installed.</summary>
    public string File { get; }

    /// <summary>The folder of one version's files.</summary>
    public string FolderOf(string id, string version) => Path.Combine(Folder, id, version);

    /// <summary>What the book says now; empty where there is none.</summary>
    /// <exception cref="InvalidDataException">It isn't a book; every fault is told.</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    public InstalledState Read()
    {
        try
        {
            return InstalledJson.Read(System.IO.File.ReadAllBytes(File), File);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return InstalledState.Empty;
        }
    }

    /// <summary>Changes the book; a change that gives back what it got writes nothing.</summary>
    /// <param name="change">Makes the new state of the present one; what it throws is thrown, and nothing is written then.</param>
    /// <param name="cancellation">Ends the wait for the lock.</param>
    /// <returns>The new state.</returns>
    /// <exception cref="InvalidDataException">The book has faults, or would have some.</exception>
    /// <exception cref="IOException">It can't be read or written, or another process keeps its lock.</exception>
    public async Task<InstalledState> ChangeAsync(Func<InstalledState, InstalledState> change, CancellationToken cancellation = default)
    {
        Directory.CreateDirectory(Folder);
        await using var alone = await LockAsync(cancellation);
        var before = Read();
        var after = change(before);
        if (ReferenceEquals(after, before))
            return before;
        Write(InstalledJson.Write(after, File));
        return after;
    }

    private void Write(byte[] content)
    {
        // A name of its own isn't needed: whoever writes has the lock.
        var fresh = Path.Combine(Folder, ".installed.json.new");
        using (var stream = new FileStream(fresh, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }

        System.IO.File.Move(fresh, File, overwrite: true);
    }

    // The operating system frees the lock when the process ends, however it ends.
    private async Task<FileStream> LockAsync(CancellationToken cancellation)
    {
        var path = Path.Combine(Folder, ".installed.lock");
        var began = _machine.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException taken) when (taken is not (FileNotFoundException or DirectoryNotFoundException))
            {
                if (_machine.GetElapsedTime(began) > LockPatience)
                    throw new IOException($"Another cxo holds {path} for longer than {LockPatience.TotalSeconds:0} seconds: see what it does, then try again.", taken);
            }

            await Task.Delay(LockPause, _machine, cancellation);
        }
    }
}
