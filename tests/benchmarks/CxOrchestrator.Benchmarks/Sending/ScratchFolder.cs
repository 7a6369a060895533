namespace CxOrchestrator.Benchmarks.Sending;

/// <summary>A folder that is deleted with all that is in it.</summary>
internal sealed class ScratchFolder : IDisposable
{
    /// <summary>Its full path; it exists.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("cxo-benchmark-").FullName;

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
