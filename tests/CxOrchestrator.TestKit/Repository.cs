namespace CxOrchestrator.TestKit;

/// <summary>Where the repository lies that these tests were built from.</summary>
public static class Repository
{
    /// <summary>The folder with <c>CxOrchestrator.sln</c>.</summary>
    public static string Root { get; } = Find();

    /// <summary>A file or folder of the repository by its path from the root.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CxOrchestrator.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No CxOrchestrator.sln above {AppContext.BaseDirectory}.");
    }
}
