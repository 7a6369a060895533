using System.IO.MemoryMappedFiles;

namespace CxOrchestrator.Benchmarks.Fuzzing;

/// <summary>
/// The number of the template that is being judged, in a file that outlives the process: a stack that overflows takes the process with it, and
/// nobody is left to say which template it was.
/// </summary>
internal sealed class LastTemplate : IDisposable
{
    private const int Length = 2 * sizeof(long);
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    /// <summary>Opens the file in a folder.</summary>
    public LastTemplate(string folder)
    {
        Directory.CreateDirectory(folder);
        _file = MemoryMappedFile.CreateFromFile(Path.Combine(folder, "running"), FileMode.OpenOrCreate, null, Length);
        _view = _file.CreateViewAccessor(0, Length);
        var (seed, number) = (_view.ReadInt64(0), _view.ReadInt64(sizeof(long)));
        if (number > 0) Left = (seed, number);
    }

    /// <summary>What a run before this one was judging when it was ended from outside, or null.</summary>
    public (long Seed, long Number)? Left { get; }

    /// <summary>Notes what is judged now; zero for nothing.</summary>
    public void Note(long seed, long number)
    {
        _view.Write(0, seed);
        _view.Write(sizeof(long), number);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }
}
