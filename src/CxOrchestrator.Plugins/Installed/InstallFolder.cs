namespace CxOrchestrator.Plugins.Installed;

/// <summary>
/// The files beside the book. Whatever is half done lies in a folder whose name begins with a dot, which no id does; what a killed
/// process left there is cleared away by the next one that has the lock.
/// </summary>
internal sealed class InstallFolder(InstalledBook book)
{
    private const string HalfDone = ".half-";

    /// <summary>Lets one process alone change the files.</summary>
    /// <exception cref="IOException">Another one is at it.</exception>
    public IDisposable Lock()
    {
        Directory.CreateDirectory(book.Folder);
        var path = Path.Combine(book.Folder, ".install.lock");
        FileStream alone;
        try
        {
            alone = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException taken)
        {
            throw new IOException($"Another install or removal is under way (its lock is {path}): try again when it has ended.", taken);
        }

        foreach (var left in Directory.EnumerateDirectories(book.Folder, HalfDone + "*").ToList())
            Delete(left);
        return alone;
    }

    /// <summary>A name for a folder to work in; it is not made.</summary>
    public string NewFolder() => Path.Combine(book.Folder, HalfDone + Path.GetRandomFileName());

    /// <summary>Moves judged files to their place, with the list of them that tells later which one has changed.</summary>
    public void MoveIn(string from, string id, string version)
    {
        var to = book.FolderOf(id, version);
        // The book doesn't know it: a process was killed before it could tell.
        MoveAway(to);
        var list = ListOf(book, id, version);
        Directory.CreateDirectory(Path.GetDirectoryName(list)!);
        File.WriteAllText(list, FolderHash.Listing(from));
        Directory.Move(from, to);
    }

    /// <summary>Takes all of a plugin's files away.</summary>
    public void DeletePlugin(string id) => MoveAway(Path.Combine(book.Folder, id));

    /// <summary>Deletes a folder of half-done work, where it is still there.</summary>
    public static void Delete(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    /// <summary>The listing of a version's files as they were installed.</summary>
    public static string ListOf(InstalledBook book, string id, string version) => Path.Combine(book.Folder, id, ".files", version);

    // First under a name that nobody looks at: deleting takes many steps.
    private void MoveAway(string folder)
    {
        if (!Directory.Exists(folder))
            return;
        var away = NewFolder();
        Directory.Move(folder, away);
        Delete(away);
    }
}
