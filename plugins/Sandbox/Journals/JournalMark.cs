using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace CxOrchestrator.Plugins.Sandbox.Journals;

/// <summary>A place between two lines of a journal, with what tells whether a file still is that journal.</summary>
/// <param name="Offset">Bytes before it.</param>
/// <param name="Lines">Lines before it.</param>
/// <param name="Check">SHA-256, in hexadecimal digits, of the last 4,096 bytes before it, or of all where there are fewer.</param>
internal readonly record struct JournalMark(long Offset, long Lines, string Check)
{
    private const int Checked = 4096;

    /// <summary>The mark at a place.</summary>
    public static JournalMark Of(SafeFileHandle file, long offset, long lines) => new(offset, lines, CheckAt(file, offset));

    /// <summary>True where the file has the same before this place: it has only grown since, if anything.</summary>
    public bool IsOf(SafeFileHandle file) => Offset >= 0 && Offset <= RandomAccess.GetLength(file) && CheckAt(file, Offset) == Check;

    private static string CheckAt(SafeFileHandle file, long offset)
    {
        var bytes = new byte[Math.Min(Checked, offset)];
        var read = 0;
        while (read < bytes.Length && RandomAccess.Read(file, bytes.AsSpan(read), offset - bytes.Length + read) is > 0 and var more)
        {
            read += more;
        }

        return Convert.ToHexStringLower(SHA256.HashData(bytes.AsSpan(0, read)));
    }
}
