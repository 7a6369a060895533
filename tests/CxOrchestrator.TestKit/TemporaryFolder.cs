namespace CxOrchestrator.TestKit;

/// <summary>A folder of a test's own, deleted with all that is in it when the test ends.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>The full path of the folder, which exists.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("cxo-test-").FullName;

    /// <summary>The full path of something in the folder.</summary>
    public string PathOf(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // The test itself has removed it.
        }
    }
}
