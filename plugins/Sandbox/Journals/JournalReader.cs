using Microsoft.Win32.SafeHandles;

namespace CxOrchestrator.Plugins.Sandbox.Journals;

/// <summary>Reads a journal.</summary>
internal sealed class JournalReader(string path, SafeFileHandle file)
{
    private byte[] _buffer = new byte[64 * 1024];

    /// <summary>Hands out every whole line behind a place.</summary>
    /// <returns>The place behind the last line that ends in a line break.</returns>
    public (long Offset, long Lines) ReadFrom((long Offset, long Lines) place, Action<LineSpan, ReadOnlyMemory<byte>> replay)
    {
        var (lineStart, number) = place;
        var held = 0;
        while (true)
        {
            if (held == _buffer.Length)
            {
                Array.Resize(ref _buffer, _buffer.Length * 2);
            }

            var read = RandomAccess.Read(file, _buffer.AsSpan(held), lineStart + held);
            if (read == 0)
            {
                return (lineStart, number);
            }

            held += read;
            var used = 0;
            int newLine;
            while ((newLine = _buffer.AsSpan(used, held - used).IndexOf((byte)'\n')) >= 0)
            {
                Tell(replay, new LineSpan(lineStart + used, newLine), _buffer.AsMemory(used, newLine), ++number);
                used += newLine + 1;
            }

            _buffer.AsSpan(used, held - used).CopyTo(_buffer);
            held -= used;
            lineStart += used;
        }
    }

    private void Tell(Action<LineSpan, ReadOnlyMemory<byte>> replay, LineSpan place, ReadOnlyMemory<byte> line, long number)
    {
        try
        {
            replay(place, line);
        }
        catch (FormatException fault)
        {
            throw new InvalidDataException(
                $"{path}, line {number}: {fault.Message} Put the file right or move it away; the sandbox begins anew without it.", fault);
        }
    }
}
