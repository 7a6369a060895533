using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace CxOrchestrator.Plugins.Sandbox.Journals;

/// <summary>
/// An append-only file of lines (NDJSON). A line counts once <see cref="FlushAsync"/> has returned: it is on the disk then. Lines
/// appended by several callers at once share one flush. After a failed write the journal takes nothing more until it is opened
/// anew, because what it holds in memory may not be on the disk.
/// </summary>
internal sealed class Journal : IAsyncDisposable
{
    private readonly string _path;
    private readonly SafeFileHandle _file;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly Lock _gate = new();
    private ArrayBufferWriter<byte> _pending = new();
    private long _end;
    private long _durable;
    private bool _broken;

    private Journal(string path, SafeFileHandle file, JournalMark opened)
    {
        _path = path;
        _file = file;
        _end = opened.Offset;
        _durable = opened.Offset;
        Opened = opened;
    }

    /// <summary>Its end when it was opened.</summary>
    public JournalMark Opened { get; }

    /// <summary>Opens or makes a journal and tells of every line in it.</summary>
    /// <param name="path">The file; nobody else may have it open for writing.</param>
    /// <param name="replay">Takes each line with its offset; throws <see cref="FormatException"/> where it makes no sense.</param>
    /// <param name="known">
    /// Where the lines begin that aren't known yet: given whether a mark is one of this journal's, it says which it goes on from, or null for the beginning.
    /// </param>
    /// <exception cref="JournalInUseException">Another process has it open.</exception>
    public static Journal Open(string path, Action<LineSpan, ReadOnlyMemory<byte>> replay, Func<Func<JournalMark, bool>, JournalMark?>? known = null)
    {
        var file = OpenAlone(path);
        try
        {
            var from = known?.Invoke(mark => mark.IsOf(file)) ?? default;
            var (end, lines) = new JournalReader(path, file).ReadFrom((from.Offset, from.Lines), replay);
            if (RandomAccess.GetLength(file) > end)
            {
                // The process ended in the middle of a write; nobody was told that the line counts.
                RandomAccess.SetLength(file, end);
                RandomAccess.FlushToDisk(file);
            }

            return new Journal(path, file, JournalMark.Of(file, end, lines));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Puts a line at the end, without its line break. It is not on the disk yet.</summary>
    public LineSpan Append(ReadOnlySpan<byte> line)
    {
        lock (_gate)
        {
            ThrowIfBroken();
            var place = new LineSpan(_end, line.Length);
            _pending.Write(line);
            _pending.Write("\n"u8);
            _end += line.Length + 1;
            return place;
        }
    }

    /// <summary>Returns once everything that was appended before the call is on the disk.</summary>
    /// <exception cref="IOException">It could not be written, now or earlier.</exception>
    public async Task FlushAsync()
    {
        long target;
        lock (_gate)
        {
            ThrowIfBroken();
            target = _end;
            if (_durable >= target)
            {
                return;
            }
        }

        await _writing.WaitAsync();
        try
        {
            await WritePendingAsync(target);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Reads a line back that was flushed.</summary>
    public async Task<byte[]> ReadAsync(LineSpan place, CancellationToken cancellation)
    {
        var line = new byte[place.Length];
        var read = await RandomAccess.ReadAsync(_file, line, place.Offset, cancellation);
        return read == line.Length ? line : throw new IOException($"{_path} is shorter than it was; was it changed from outside?");
    }

    /// <summary>Closes the file behind the flush that runs; lines that no flush has taken are not written.</summary>
    public async ValueTask DisposeAsync()
    {
        await _writing.WaitAsync();
        try
        {
            lock (_gate)
            {
                _broken = true;
            }

            _file.Dispose();
        }
        finally
        {
            _writing.Release();
        }
    }

    private static SafeFileHandle OpenAlone(string path)
    {
        try
        {
            return File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (IsSharingViolation(error.HResult))
        {
            throw new JournalInUseException(path, error);
        }
    }

    // EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION of Windows.
    private static bool IsSharingViolation(int code) =>
        OperatingSystem.IsWindows() ? code == unchecked((int)0x80070020) : code == (OperatingSystem.IsMacOS() ? 35 : 11);

    private async Task WritePendingAsync(long target)
    {
        ReadOnlyMemory<byte> bytes;
        lock (_gate)
        {
            ThrowIfBroken();
            if (_durable >= target)
            {
                return;
            }

            bytes = _pending.WrittenMemory;
            _pending = new ArrayBufferWriter<byte>();
        }

        try
        {
            await RandomAccess.WriteAsync(_file, bytes, _durable);
            RandomAccess.FlushToDisk(_file);
        }
        catch
        {
            lock (_gate)
            {
                _broken = true;
            }

            throw;
        }

        lock (_gate)
        {
            _durable += bytes.Length;
        }
    }

    private void ThrowIfBroken()
    {
        if (_broken)
        {
            throw new IOException($"{_path} is closed, or a write to it has failed; nothing more is taken until the connection is opened anew.");
        }
    }
}

/// <summary>Where a line lies in its journal, in bytes, without its line break.</summary>
internal readonly record struct LineSpan(long Offset, int Length);
